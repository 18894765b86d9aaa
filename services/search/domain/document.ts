import type { SearchDocument } from '@plaza/catalog/contract';
import type { MarketplaceSettings } from '@plaza/kernel/marketplace';
import type { IndexedHit } from '../contract.ts';
import type { EngineDocument } from '../engine/engine.ts';
import { compatibilitiesIn, worksFact } from './compatibility.ts';
import { COMPLETENESS_KEY, completenessOf } from './completeness.ts';
import { pointOf } from './places.ts';
import { searchTree } from './tree.ts';

/** Stores are filtered by and never counted; there are too many of them. */
export const STORE_KEY = '@store';

/** Longest text that is a value to filter by. */
const VALUE_LENGTH_MAX = 60;

/** A listing as the engine takes it. Category names and option labels are searchable in every language. */
export function engineDocument(settings: MarketplaceSettings, document: SearchDocument): EngineDocument {
  const tree = searchTree(settings);
  const texts: string[] = [];
  const tokens = [
    `${STORE_KEY}:${document.storeId}`,
    `@kind:${document.kind}`,
    ...document.categoryPath.map((id) => `category:${id}`),
    `${COMPLETENESS_KEY}:${completenessOf(document)}`,
    ...(document.condition === null ? [] : [`condition:${document.condition}`]),
  ];
  for (const [key, value] of Object.entries(document.attributes)) {
    const attribute = tree.attributes.get(key);
    for (const each of Array.isArray(value) ? value : [value]) {
      const option = attribute?.options?.find((candidate) => candidate.value === each);
      if (typeof each === 'string') texts.push(...(option === undefined ? [each] : Object.values(option.label)));
      if (attribute?.versions === true) tokens.push(...compatibilitiesIn(String(each)).map(worksFact));
      const isShort = String(each).length <= VALUE_LENGTH_MAX && String(each) !== '';
      if (attribute?.filterable === true && isShort) tokens.push(`${key}:${each}`.replaceAll('\n', ' '));
    }
  }
  return {
    id: document.id,
    version: document.version,
    stockVersion: document.stockVersion,
    isListed: document.state === 'published',
    card: JSON.stringify(hitOf(document)),
    texts: {
      title: document.title,
      body: document.description,
      tags: document.tags,
      skus: document.externalId === null ? document.skus : [...document.skus, document.externalId],
      categoryNames: document.categoryPath.flatMap((id) => Object.values(tree.categoryNames.get(id) ?? {})),
      attributes: texts,
    },
    storeId: document.storeId,
    storeName: document.storeName,
    storeSlug: document.storeSlug,
    tokens: [...new Set(tokens)],
    priceMinor: document.price.amountMinor,
    publishedMs: Date.parse(document.publishedTime ?? document.updatedTime),
    point: pointOf(settings, document.location),
    freeQuantity: document.freeQuantity,
    isInStock: document.isInStock,
  };
}

function hitOf(document: SearchDocument): IndexedHit {
  const {
    state: _state,
    version: _version,
    description: _description,
    categoryPath: _categoryPath,
    attributes: _attributes,
    tags: _tags,
    skus: _skus,
    stockVersion: _stockVersion,
    isOfferAllowed: _isOfferAllowed,
    sellerMemberId: _sellerMemberId,
    imageAssetIds: _imageAssetIds,
    updatedTime: _updatedTime,
    ...hit
  } = document;
  return { ...hit, rating: null };
}

import { defineService, timer } from '@plaza/runtime';
import { mediaContract } from './contract.ts';
import { errors } from './errors.ts';
import { assetReady, pictureDescribed } from './events.ts';
import { pictureModelFrom } from './looks/settings.ts';
import type { Dependencies } from './operations/dependencies.ts';
import { importFromUrl, storeBytes } from './operations/import.ts';
import { describePictures, describeUpload } from './operations/looks.ts';
import {
  completeUpload,
  createDownloadUrl,
  createUpload,
  getAsset,
  getAssets,
  sweepUploads,
} from './operations/uploads.ts';

/** Uploads, checks, image renditions, expiring downloads: ready to mount. */
export const mediaService = defineService({
  name: 'media',
  floor: 1,
  contract: mediaContract,
  events: [assetReady, pictureDescribed],
  errors,
  migrations: new URL('./migrations/', import.meta.url),
  async create({ database, storage, clock, environment }) {
    const dependencies: Dependencies = {
      database,
      storage,
      clock,
      arePrivateAddressesAllowed: environment.PLAZA_IMPORT_PRIVATE_ADDRESSES === 'on',
    };
    const looking = { ...dependencies, model: await pictureModelFrom(environment) };
    return {
      handlers: {
        createUpload: createUpload(dependencies),
        completeUpload: completeUpload(dependencies),
        getAsset: getAsset(dependencies),
        getAssets: getAssets(dependencies),
        createDownloadUrl: createDownloadUrl(dependencies),
        importFromUrl: importFromUrl(dependencies),
        storeBytes: storeBytes(dependencies),
        describeUpload: describeUpload(looking),
      },
      timers: [
        timer({
          name: 'sweep-uploads',
          everySeconds: 300,
          run: ({ marketplaceId }) => sweepUploads(dependencies, marketplaceId),
        }),
        timer({
          name: 'describe-pictures',
          everySeconds: 3,
          run: ({ marketplaceId }) => describePictures(looking, marketplaceId),
        }),
      ],
      stop: () => looking.model.close(),
    };
  },
});

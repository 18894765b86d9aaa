import sanitizeHtml from 'sanitize-html';

const RULES: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'strong', 'b', 'em', 'i', 'u', 's', 'sub', 'sup', 'span', 'div', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr'],
    ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'code', 'a'],
    ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'caption'],
  ],
  allowedAttributes: { a: ['href', 'title', 'rel'], th: ['colspan', 'rowspan'], td: ['colspan', 'rowspan'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  transformTags: {
    h1: 'h2',
    a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow noopener ugc' }),
  },
};

/**
 * A description that is safe to show: plain text as it is, HTML with harmless tags only. What has no `<` and no `&`
 * cannot be markup and is not parsed. Repeating it changes nothing.
 */
export function safeDescription(description: string): string {
  return /[<&]/.test(description) ? sanitizeHtml(description, RULES) : description;
}

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };

/** The words of a description that `safeDescription` made, for search and previews. Its tags are few and well formed. */
export function plainText(description: string, lengthMax: number): string {
  const text = /[<&]/.test(description)
    ? description.replace(/<[^>]*>/g, ' ').replace(/&(?:lt|gt|amp|quot);/g, (entity) => ENTITIES[entity] ?? entity)
    : description;
  return text.replace(/\s+/g, ' ').trim().slice(0, lengthMax);
}

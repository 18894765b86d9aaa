import { jsonLd } from '../lib/json-ld.ts';

export function JsonLd({ data }: { data: Readonly<Record<string, unknown>> }) {
  // Safe: jsonLd escapes what could end the element.
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLd(data) }} />;
}

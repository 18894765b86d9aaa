import { jsonLd } from '../lib/seo';

export function JsonLd({ data }: { data: Readonly<Record<string, unknown>> }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: jsonLd escapes what could end the element
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLd(data) }} />;
}

import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getMarketplace } from '../../../../lib/marketplace.ts';
import { alternates } from '../../../../lib/seo.ts';
import { Markdown } from '../../../../ui/markdown.tsx';

type Props = { readonly params: Promise<{ lang: string; policy: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang, policy } = await params;
  const found = (await getMarketplace(lang)).policies.find(({ name }) => name === policy);
  if (found === undefined) notFound();
  return { title: found.title, alternates: await alternates(lang, `/p/${policy}`) };
}

export default async function PolicyPage({ params }: Props) {
  const { lang, policy } = await params;
  const found = (await getMarketplace(lang)).policies.find(({ name }) => name === policy);
  if (found === undefined) notFound();
  return (
    <article className="page max-w-3xl space-y-4 pt-8">
      <h1 className="text-3xl font-bold">{found.title}</h1>
      <Markdown text={found.body} />
    </article>
  );
}

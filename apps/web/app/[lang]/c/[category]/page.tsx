import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { SearchParameters } from '../../../../lib/browse-query.ts';
import { categoryTrail, getMarketplace } from '../../../../lib/marketplace.ts';
import { translator } from '../../../../lib/messages.ts';
import { paths } from '../../../../lib/paths.ts';
import { alternates } from '../../../../lib/seo.ts';
import { Breadcrumbs } from '../../../../ui/breadcrumbs.tsx';
import { CatalogBrowse } from '../../../../ui/catalog-browse.tsx';
import { Link } from '../../../../ui/link.tsx';

type Props = {
  readonly params: Promise<{ lang: string; category: string }>;
  readonly searchParams: Promise<SearchParameters>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { lang, category } = await params;
  const id = decodeURIComponent(category);
  const name = categoryTrail((await getMarketplace(lang)).categories, id).at(-1)?.name;
  return { title: name ?? null, alternates: await alternates(lang, `/c/${encodeURIComponent(id)}`) };
}

export default async function CategoryPage({ params, searchParams }: Props) {
  const { lang, category } = await params;
  const marketplace = await getMarketplace(lang);
  const t = translator(lang);
  const trail = categoryTrail(marketplace.categories, decodeURIComponent(category));
  const here = trail.at(-1);
  if (here === undefined) notFound();
  const heading = (
    <div className="space-y-3">
      <Breadcrumbs
        label={t('nav.breadcrumbs')}
        crumbs={[
          { name: marketplace.name, href: paths.home(lang) },
          ...trail.map(({ id, name }) => ({ name, href: paths.category(lang, id) })),
        ]}
      />
      <h1 className="text-3xl font-bold">{here.name}</h1>
      {here.children.length > 0 && (
        <ul className="flex flex-wrap gap-2">
          {here.children.map(({ id, name }) => (
            <li key={id}>
              <Link href={paths.category(lang, id)} className="chip hover:brightness-95">
                {name}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
  return (
    <CatalogBrowse
      lang={lang}
      path={paths.category(lang, here.id)}
      parameters={await searchParams}
      categoryId={here.id}
      heading={heading}
    />
  );
}

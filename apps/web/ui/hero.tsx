import type { ReactNode } from 'react';
import type { Marketplace } from '../lib/marketplace.ts';
import { translator } from '../lib/messages.ts';
import { paths } from '../lib/paths.ts';
import { Link } from './link.tsx';

type Picture = { readonly id: string; readonly slug: string; readonly title: string; readonly imageUrl: string | null };
type Props = { readonly marketplace: Marketplace; readonly lang: string; readonly pictures: readonly Picture[] };

/** The first thing one sees. Each style of marketplace has its own composition, not only its own colors. */
export function Hero({ marketplace, lang, pictures }: Props) {
  const t = translator(lang);
  const { words, theme } = marketplace;
  const texts: Texts = {
    title: words.heroTitle,
    text: words.heroText,
    buttons: (look) => (
      <>
        <Link href={paths.browse(lang)} className={`button ${look}`}>
          {t('home.browse', { listings: words.listings.toLocaleLowerCase(lang) })}
        </Link>
        <Link href={paths.studio(lang)} className="button border border-current">
          {words.sell}
        </Link>
      </>
    ),
    picture: (index, className) => {
      const shown = pictures[index];
      return shown === undefined ? null : (
        <Link
          key={shown.id}
          href={paths.listing(lang, shown.slug)}
          className={`block overflow-hidden transition duration-300 hover:z-10 hover:scale-[1.03] ${className}`}
        >
          <img
            src={shown.imageUrl ?? ''}
            alt={shown.title}
            width={640}
            height={640}
            className="size-full object-cover"
            fetchPriority={index === 0 ? 'high' : 'auto'}
          />
        </Link>
      );
    },
  };
  const Composition = { glass: Glass, warm: Warm, clean: Clean, plain: Plain }[theme.style];
  return <Composition {...texts} />;
}

type Texts = {
  readonly title: string;
  readonly text: string;
  readonly buttons: (look: string) => ReactNode;
  readonly picture: (index: number, className: string) => ReactNode;
};

/** A title in light over a row of works. */
function Glass({ title, text, buttons, picture }: Texts) {
  return (
    <section className="page space-y-10 pt-12 text-center md:pt-20">
      <div className="mx-auto max-w-3xl space-y-5">
        <h1 className="bg-linear-to-r from-primary to-accent bg-clip-text pb-2 text-5xl font-extrabold tracking-tight text-transparent md:text-7xl">
          {title}
        </h1>
        <p className="mx-auto max-w-xl text-lg text-ink-muted">{text}</p>
        <div className="flex flex-wrap justify-center gap-3">{buttons('button-primary')}</div>
      </div>
      <div className="mx-auto grid max-w-5xl grid-cols-3 items-center gap-3 md:grid-cols-5">
        {picture(0, 'card aspect-[3/4] max-md:hidden')}
        {picture(1, 'card aspect-[3/4] md:-translate-y-3')}
        {picture(2, 'card aspect-[3/4] md:-translate-y-6 shadow-2xl')}
        {picture(3, 'card aspect-[3/4] md:-translate-y-3')}
        {picture(4, 'card aspect-[3/4] max-md:hidden')}
      </div>
    </section>
  );
}

/** A sunny panel with photographs laid on it, as on a table. */
function Warm({ title, text, buttons, picture }: Texts) {
  return (
    <section className="page pt-5 md:pt-8">
      <div className="relative grid items-center gap-8 overflow-hidden rounded-large bg-accent px-6 py-9 text-on-accent md:grid-cols-[1.1fr_1fr] md:px-12 md:py-14">
        <div className="space-y-5">
          <h1 className="text-4xl font-extrabold md:text-5xl">{title}</h1>
          <p className="max-w-prose text-lg">{text}</p>
          <div className="flex flex-wrap gap-3">{buttons('button-primary')}</div>
        </div>
        <div className="flex justify-center py-3">
          {picture(0, '-mr-6 w-2/5 -rotate-6 rounded-medium border-6 border-white shadow-xl aspect-square')}
          {picture(1, 'mt-6 w-2/5 rotate-3 rounded-medium border-6 border-white shadow-xl aspect-square')}
          {picture(2, '-ml-6 w-2/5 rotate-8 rounded-medium border-6 border-white shadow-xl aspect-square')}
        </div>
      </div>
    </section>
  );
}

/** A shop window: one thing large, two beside it. */
function Clean({ title, text, buttons, picture }: Texts) {
  return (
    <section className="bg-linear-to-br from-primary/15 via-muted to-accent/10">
      <div className="page grid items-center gap-8 py-10 md:grid-cols-2 md:py-14">
        <div className="space-y-5">
          <h1 className="text-4xl font-extrabold md:text-6xl">{title}</h1>
          <p className="max-w-prose text-lg text-ink-muted">{text}</p>
          <div className="flex flex-wrap gap-3">{buttons('button-primary')}</div>
        </div>
        <div className="grid grid-cols-3 grid-rows-2 gap-3">
          {picture(0, 'col-span-2 row-span-2 rounded-large shadow-lg aspect-square')}
          {picture(1, 'rounded-large shadow-lg')}
          {picture(2, 'rounded-large shadow-lg')}
        </div>
      </div>
    </section>
  );
}

/** Words first, four things beside them. */
function Plain({ title, text, buttons, picture }: Texts) {
  return (
    <section className="page grid items-center gap-8 pt-8 md:grid-cols-2 md:pt-12">
      <div className="space-y-5 border-l-4 border-primary pl-5">
        <h1 className="text-4xl font-bold md:text-5xl">{title}</h1>
        <p className="max-w-prose text-lg text-ink-muted">{text}</p>
        <div className="flex flex-wrap gap-3">{buttons('button-primary')}</div>
      </div>
      <div className="grid grid-cols-2 gap-2 sm:grid-cols-4 md:grid-cols-2">
        {[0, 1, 2, 3].map((index) => picture(index, 'card aspect-[4/3]'))}
      </div>
    </section>
  );
}

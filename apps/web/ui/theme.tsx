import type { Marketplace } from '../lib/marketplace.ts';

type Colors = Marketplace['theme']['light'];

const VARIABLES: Readonly<Record<keyof Colors, string>> = {
  background: 'background',
  surface: 'surface',
  muted: 'muted',
  border: 'border',
  text: 'text',
  textMuted: 'text-muted',
  primary: 'primary',
  onPrimary: 'on-primary',
  accent: 'accent',
  onAccent: 'on-accent',
  link: 'link',
  success: 'success',
  onSuccess: 'on-success',
  warning: 'warning',
  onWarning: 'on-warning',
  danger: 'danger',
  onDanger: 'on-danger',
  focus: 'focus',
};

function colorsOf(scheme: Colors): string {
  return Object.entries(VARIABLES)
    .map(([token, name]) => `--${name}:${scheme[token as keyof Colors]}`)
    .join(';');
}

/** One marketplace's light and dark colors below an element with its id, for a page that shows several. */
export function ThemeStyleOf({ id, theme }: { id: string; theme: Marketplace['theme'] }) {
  const css = `[data-marketplace="${id}"]{${colorsOf(theme.defaultScheme === 'dark' ? theme.dark : theme.light)}}`;
  // Safe: colors are hexadecimal by their schema.
  return <style dangerouslySetInnerHTML={{ __html: css }} />;
}

/** The marketplace's look as CSS variables: its light and dark colors, radii and fonts. Values are checked by their schema. */
export function ThemeStyle({ theme }: { theme: Marketplace['theme'] }) {
  const shape = `--radius-s:${theme.radius.small}px;--radius-m:${theme.radius.medium}px;--radius-l:${theme.radius.large}px;--font-body:${theme.fonts.body};--font-head:${theme.fonts.heading}`;
  const css = `:root{${shape};${colorsOf(theme.light)}}html[data-scheme="dark"]{${colorsOf(theme.dark)}}@media(prefers-color-scheme:dark){html[data-scheme="system"]{${colorsOf(theme.dark)}}}`;
  // Safe: fonts are the only free text, and angle brackets are taken out.
  return <style dangerouslySetInnerHTML={{ __html: css.replace(/[<>]/g, '') }} />;
}

export function Logo({ theme, size = 32 }: { theme: Marketplace['theme']; size?: number }) {
  return (
    <svg viewBox={theme.logo.viewBox} width={size} height={size} aria-hidden="true" className="shrink-0 fill-primary">
      <path d={theme.logo.path} fillRule="evenodd" />
    </svg>
  );
}

import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import '../globals.css';

export const metadata: Metadata = {
  title: 'Plaza — marketplaces of this installation',
  icons: {
    icon: `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#1f4fd8" d="M4 4h11v11H4zm13 0h11v11H17zM4 17h11v11H4zm13 0h11v11H17z"/></svg>')}`,
  },
  description: 'One installation, many marketplaces.',
};

/** Colors of the page that belongs to no marketplace. */
const COLORS =
  ':root{--radius-s:8px;--radius-m:16px;--radius-l:24px;--font-body:system-ui,sans-serif;--font-head:system-ui,sans-serif;--background:#f6f7f9;--surface:#fff;--muted:#e9ecf1;--border:#d5dae2;--text:#14181f;--text-muted:#4c5564;--primary:#1f4fd8;--on-primary:#fff;--link:#1f4fd8;--focus:#1f4fd8;--accent:#0f766e;--success:#0f766e}@media(prefers-color-scheme:dark){:root{--background:#0f1216;--surface:#181c23;--muted:#232933;--border:#333b48;--text:#f0f3f7;--text-muted:#aab4c3;--primary:#8fb0ff;--on-primary:#0a1a45;--link:#a9c2ff;--focus:#a9c2ff;--accent:#5eead4;--success:#5eead4}}';

export default function HubLayout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en" data-style="plain">
      {/* Safe: a constant of this file. */}
      <head>
        <style dangerouslySetInnerHTML={{ __html: COLORS }} />
      </head>
      <body>{children}</body>
    </html>
  );
}

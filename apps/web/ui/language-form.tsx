'use client';

import { type ReactNode, useEffect } from 'react';
import { heldIn, holdAgain } from './held.ts';
import { type Typed, typeAgain, typedIn } from './typed.ts';

const KEPT = 'plaza-typed';

/** Chooses a language. The page is shown again in it, with what was typed and chosen on it before. */
export function LanguageForm({
  action,
  className,
  children,
}: {
  action: (form: FormData) => Promise<void>;
  className: string;
  children: ReactNode;
}) {
  useEffect(() => {
    const kept = sessionStorage.getItem(KEPT);
    sessionStorage.removeItem(KEPT);
    const {
      path,
      typed = [],
      held = [],
    } = JSON.parse(kept ?? '{}') as { path?: string; typed?: Typed[]; held?: string[] };
    if (path !== pathInAnyLanguage()) return;
    holdAgain(mainPart(), held);
    typeAgain(mainPart(), typed);
  }, []);
  return (
    <form
      action={action}
      className={className}
      onSubmit={() => {
        const [typed, held] = [typedIn(mainPart()), heldIn(mainPart())];
        if (typed.length > 0 || held.length > 0)
          sessionStorage.setItem(KEPT, JSON.stringify({ path: pathInAnyLanguage(), typed, held }));
      }}
    >
      {children}
    </form>
  );
}

function mainPart(): ParentNode {
  return document.querySelector('main') ?? document;
}

function pathInAnyLanguage(): string {
  return location.pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '');
}

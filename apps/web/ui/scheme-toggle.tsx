'use client';

import { useRef } from 'react';
import { Icon } from './icon.tsx';

type Props = { readonly action: (form: FormData) => Promise<void>; readonly shown: string; readonly label: string };

/** Turns light to dark and back. Which of them `system` means only the device knows; without script it is taken as light. */
export function SchemeToggle({ action, shown, label }: Props) {
  const current = useRef<HTMLInputElement>(null);
  const ask = () => {
    if (current.current === null || shown !== 'system') return;
    current.current.value = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  };
  return (
    <form action={action}>
      <input ref={current} type="hidden" name="shown" defaultValue={shown} />
      <button type="submit" className="button px-1.5! md:px-2!" aria-label={label} title={label} onClick={ask}>
        <Icon name="moon" className="dark-hidden" />
        <Icon name="sun" className="light-hidden" />
      </button>
    </form>
  );
}

import type { Draw } from './canvas.ts';
import { devices } from './devices.ts';
import { fashion } from './fashion.ts';
import { home } from './home.ts';
import { leisure } from './leisure.ts';
import { market } from './market.ts';
import { props } from './props.ts';
import { surfaces } from './surfaces.ts';

export const SUBJECTS = {
  ...devices,
  ...home,
  ...fashion,
  ...leisure,
  ...market,
  ...props,
  ...surfaces,
} satisfies Record<string, Draw>;
export type Subject = keyof typeof SUBJECTS;

import { circle, createCanvas, group, mix, rect } from './canvas.ts';
import { SUBJECTS, type Subject } from './index.ts';

/** The light a marketplace's pictures are taken in. */
export type Mood = 'studio' | 'warm' | 'night';

/** The whole thing, or a close-up from another side for the second picture. */
export type View = 'whole' | 'close' | 'mark';

/** Draws a subject in front of a backdrop in its own colors: an SVG of 800 × 800, the same for the same input. */
export function drawPicture(picture: string, mood: Mood, view: View = 'whole'): string {
  const [subject, color, accent] = parsePicture(picture);
  const canvas = createCanvas(color, accent, picture + view);
  const body = SUBJECTS[subject](canvas);
  const tint = view === 'close' ? accent : color;
  const ground: Record<Mood, [string, string, string]> = {
    studio: [mix(tint, '#ffffff', 0.9), mix(tint, '#eef0f4', 0.72), '#ffffff'],
    warm: [mix(tint, '#fff6ea', 0.88), mix(tint, '#f6dcc0', 0.74), '#fffaf2'],
    night: [mix(tint, '#171032', 0.78), '#0a0716', mix(tint, '#2a2152', 0.6)],
  };
  const [top, bottom, light] = ground[mood];
  const backdrop =
    rect(0, 0, 800, 800, 0, canvas.gradient(top, bottom)) +
    circle(400, 380, 330, canvas.glow(light, `${light}00`), `opacity="${mood === 'night' ? 0.75 : 0.8}"`);
  const placed = {
    whole: body,
    close: group(body, 'translate(400 400) rotate(-7) scale(1.52) translate(-430 -370)'),
    mark: group(body, 'translate(400 400) scale(.82) translate(-400 -400)'),
  }[view];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 800"><defs>${canvas.definitions.join('')}</defs>${backdrop}${placed}</svg>`;
}

/** `phone #2b4c7e #f2a65a` as its parts. */
export function parsePicture(picture: string): [subject: Subject, color: string, accent: string] {
  const [subject = '', color = '', accent = ''] = picture.split(' ');
  if (!(subject in SUBJECTS)) throw new Error(`no such subject: ${subject}`);
  return [subject as Subject, color, accent];
}

import { type Canvas, circle, type Draw, ellipse, group, path, rect, shadow, stroke, times } from './canvas.ts';

const INK = '#12151f';

/** Overlapping bands of color, as on a home screen. */
function wallpaper(canvas: Canvas, x: number, y: number, w: number, h: number): string {
  const id = `clip${canvas.definitions.length}`;
  canvas.definitions.push(
    `<clipPath id="${id}"><rect x="${x}" y="${y}" width="${w}" height="${h}" rx="18"/></clipPath>`,
  );
  const { accent, color } = canvas;
  return `<g clip-path="url(#${id})">${rect(x, y, w, h, 0, canvas.gradient(accent.light, color.dark))}${circle(x + w * 0.8, y + h * 0.25, w * 0.42, accent.lighter, 'opacity=".75"')}${path(
    `M${x} ${y + h * 0.62}Q${x + w * 0.4} ${y + h * 0.42} ${x + w} ${y + h * 0.66}V${y + h}H${x}Z`,
    color.light,
    'opacity=".85"',
  )}${path(`M${x} ${y + h * 0.8}Q${x + w * 0.6} ${y + h * 0.58} ${x + w} ${y + h * 0.84}V${y + h}H${x}Z`, color.darker, 'opacity=".8"')}</g>`;
}

const phone: Draw = (c) =>
  shadow(c, 672, 240) +
  group(
    rect(270, 130, 250, 520, 44, c.gradient(c.color.light, c.color.dark, -40)) +
      rect(286, 148, 112, 118, 30, c.color.dark, 'opacity=".55"') +
      circle(322, 184, 24, INK) +
      circle(322, 184, 11, '#3b4d78') +
      circle(362, 230, 24, INK) +
      circle(362, 230, 11, '#3b4d78') +
      circle(366, 180, 9, '#fff3c9'),
    'translate(-86 4) rotate(-7 400 400)',
  ) +
  group(
    rect(288, 116, 264, 540, 46, c.color.darker) +
      rect(292, 120, 256, 532, 42, INK) +
      wallpaper(c, 304, 132, 232, 508) +
      rect(382, 146, 76, 20, 10, INK) +
      path('M304 150q0-18 18-18h80L304 420z', '#ffffff', 'opacity=".13"'),
    'translate(62 0) rotate(5 400 400)',
  );

const tablet: Draw = (c) =>
  shadow(c, 640, 290) +
  group(
    rect(140, 190, 520, 390, 34, c.gradient(c.color.light, c.color.dark)) +
      rect(150, 200, 500, 370, 26, INK) +
      wallpaper(c, 172, 222, 456, 326) +
      circle(161, 385, 5, '#3b4357'),
    'rotate(-6 400 400)',
  ) +
  group(
    rect(0, 0, 16, 330, 8, c.gradient('#ffffff', '#c9ced8', 90)) + path('M0 330h16l-8 26z', '#9aa1ae'),
    'translate(610 250) rotate(24)',
  );

const laptop: Draw = (c) =>
  shadow(c, 610, 340) +
  rect(180, 190, 440, 300, 20, c.gradient(c.color.light, c.color.dark)) +
  rect(192, 202, 416, 272, 10, INK) +
  wallpaper(c, 202, 212, 396, 252) +
  rect(232, 250, 150, 96, 10, '#ffffff', 'opacity=".85"') +
  times(4, (i) => rect(248, 268 + i * 17, [110, 80, 96, 60][i] ?? 60, 7, 3, i === 0 ? c.color.dark : '#c3c9d6')) +
  path('M150 492h500l60 74q6 22-18 22H108q-24 0-18-22z', c.gradient('#f0f2f5', '#b7bdc8')) +
  path('M180 502h440l26 36H154z', '#8d94a3') +
  times(3, (r) => times(13, (i) => rect(184 - r * 7 + i * (33 + r * 1.1), 505 + r * 11, 27, 8, 2, '#39404e'))) +
  path('M330 548h140l8 24H322z', '#a4abb8');

const headphones: Draw = (c) =>
  shadow(c, 652, 230) +
  stroke('M214 440C200 130 600 130 586 440', c.color.darker, 44) +
  stroke('M214 440C200 130 600 130 586 440', c.color.base, 30) +
  stroke('M262 260C330 160 470 160 538 260', c.color.light, 10, 'opacity=".8"') +
  [0, 1]
    .map((side) =>
      group(
        rect(168, 400, 60, 190, 30, c.color.darker) +
          rect(196, 382, 84, 226, 42, c.gradient(c.color.light, c.color.dark, 60)) +
          rect(262, 400, 40, 190, 20, INK) +
          circle(224, 494, 16, c.accent.base),
        side === 0 ? '' : 'translate(800 0) scale(-1 1)',
      ),
    )
    .join('');

const earbuds: Draw = (c) =>
  shadow(c, 640, 220) +
  rect(230, 400, 340, 236, 90, c.gradient(c.color.light, c.color.dark)) +
  path('M230 490h340v-10q0-80-90-80H320q-90 0-90 80z', c.color.lighter) +
  circle(400, 540, 7, c.accent.base) +
  [0, 1]
    .map((side) =>
      group(
        rect(316, 250, 38, 190, 19, c.gradient('#ffffff', '#cfd4dd', 60)) +
          ellipse(326, 244, 58, 50, c.gradient('#ffffff', '#d6dae2')) +
          ellipse(290, 250, 18, 28, '#3d4454'),
        side === 0 ? 'rotate(-8 335 300)' : 'translate(800 0) scale(-1 1) rotate(-8 335 300)',
      ),
    )
    .join('') +
  path('M230 492q170 40 340 0v50q0 94-94 94H324q-94 0-94-94z', c.gradient(c.color.base, c.color.dark));

const camera: Draw = (c) =>
  shadow(c, 618, 300) +
  path('M300 250l26-56h148l26 56z', c.color.darker) +
  rect(140, 240, 520, 350, 40, c.gradient('#d9dde3', '#9aa1ad')) +
  rect(140, 300, 520, 230, 0, c.gradient(c.color.base, c.color.darker)) +
  times(9, (i) => rect(150, 312 + i * 24, 500, 3, 1, '#000000', 'opacity=".13"')) +
  circle(400, 420, 160, '#20242e') +
  circle(400, 420, 138, c.gradient('#4b5263', '#171a22')) +
  circle(400, 420, 104, '#0c0e14') +
  circle(400, 420, 78, c.glow(c.accent.base, '#090b12', 0.35, 0.3)) +
  ellipse(370, 384, 26, 16, '#ffffff', 'opacity=".7" transform="rotate(-35 370 384)"') +
  circle(430, 452, 10, '#ffffff', 'opacity=".35"') +
  rect(196, 206, 84, 38, 12, '#2b303c') +
  circle(590, 232, 30, '#2b303c') +
  rect(556, 262, 66, 34, 8, '#fdf6dc') +
  circle(200, 270, 10, c.accent.base);

const speaker: Draw = (c) =>
  shadow(c, 668, 210) +
  rect(240, 140, 320, 520, 52, c.gradient(c.color.light, c.color.darker, -50)) +
  rect(262, 162, 276, 476, 36, c.color.darker) +
  circle(400, 274, 72, '#1a1d26') +
  circle(400, 274, 50, c.glow('#565e70', '#15171e')) +
  circle(400, 274, 18, c.accent.base) +
  circle(400, 486, 118, '#1a1d26') +
  circle(400, 486, 96, c.glow('#4b5364', '#13151c')) +
  circle(400, 486, 40, c.gradient(c.accent.light, c.accent.dark)) +
  times(4, (i) => circle([280, 520, 280, 520][i] ?? 0, [180, 180, 620, 620][i] ?? 0, 6, '#8c94a5'));

const controller: Draw = (c) =>
  shadow(c, 610, 280) +
  path(
    'M250 250h300c86 0 132 96 146 232c9 88-70 118-116 56l-50-66H270l-50 66c-46 62-125 32-116-56c14-136 60-232 146-232z',
    c.gradient(c.color.light, c.color.dark),
  ) +
  path('M310 250h180l-24 80H334z', c.color.darker, 'opacity=".85"') +
  path('M236 296h32v32h32v32h-32v32h-32v-32h-32v-32h32z', INK) +
  times(4, (i) =>
    circle(
      548 + ([0, 44, 0, -44][i] ?? 0),
      344 + ([-44, 0, 44, 0][i] ?? 0),
      20,
      ['#f2c14e', '#ef5d60', '#5bc18c', '#4e8ef2'][i] ?? INK,
    ),
  ) +
  [318, 482].map((x) => circle(x, 440, 46, INK) + circle(x, 434, 32, '#3a4152')).join('') +
  circle(400, 370, 13, c.accent.base);

const television: Draw = (c) =>
  shadow(c, 640, 320) +
  rect(90, 180, 620, 380, 16, INK) +
  wallpaper(c, 102, 192, 596, 350) +
  rect(370, 560, 60, 56, 0, '#2a2f3b') +
  rect(270, 612, 260, 18, 9, '#3a4150');

const monitor: Draw = (c) =>
  shadow(c, 660, 280) +
  rect(110, 150, 400, 280, 16, INK) +
  wallpaper(c, 122, 162, 376, 256) +
  rect(290, 430, 40, 90, 0, '#3a4150') +
  rect(220, 512, 180, 18, 9, '#3a4150') +
  rect(530, 170, 170, 470, 20, c.gradient('#2e3443', '#151821')) +
  rect(546, 190, 138, 430, 10, '#0c0e14') +
  times(3, (i) =>
    circle(
      615,
      262 + i * 142,
      54,
      '#171b26',
      `stroke="${[c.accent.base, c.color.light, c.accent.light][i]}" stroke-width="9"`,
    ),
  ) +
  rect(150, 566, 340, 62, 14, '#262b38') +
  times(2, (r) =>
    times(10, (i) => rect(162 + i * 32, 576 + r * 24, 26, 18, 4, i % 4 === r ? c.accent.base : '#4a5266')),
  );

const fan: Draw = (c) =>
  shadow(c, 668, 190) +
  rect(388, 470, 24, 170, 8, c.color.dark) +
  ellipse(400, 640, 130, 24, c.gradient(c.color.light, c.color.dark)) +
  circle(400, 320, 196, '#ffffff', `opacity=".5" stroke="${c.color.dark}" stroke-width="12"`) +
  times(4, (i) =>
    path(
      'M400 320C330 250 350 150 420 146C480 150 470 250 400 320z',
      c.gradient(c.color.lighter, c.color.base),
      `transform="rotate(${i * 90 + 14} 400 320)" opacity=".95"`,
    ),
  ) +
  times(5, (i) => circle(400, 320, 60 + i * 32, 'none', `stroke="${c.color.dark}" stroke-width="3" opacity=".55"`)) +
  times(
    12,
    (i) =>
      `<path d="M400 320V126" stroke="${c.color.dark}" stroke-width="2.5" opacity=".5" transform="rotate(${i * 30} 400 320)"/>`,
  ) +
  circle(400, 320, 36, c.gradient(c.accent.light, c.accent.dark));

const washer: Draw = (c) =>
  shadow(c, 672, 250) +
  rect(200, 140, 400, 520, 28, c.gradient('#ffffff', '#d5dae2')) +
  rect(200, 140, 400, 90, 28, c.gradient('#eef1f5', '#cfd5de')) +
  rect(226, 164, 110, 42, 8, c.color.base) +
  circle(420, 185, 24, '#aeb6c2') +
  times(3, (i) => circle(490 + i * 34, 185, 9, i === 0 ? c.accent.base : '#b8bfca')) +
  circle(400, 430, 156, '#b2bac7') +
  circle(400, 430, 132, '#2a313f') +
  circle(400, 430, 112, c.glow(c.color.light, c.color.darker, 0.4, 0.3)) +
  path('M292 452q54-40 108 0t108 0q-14 88-108 88t-108-88z', c.color.lighter, 'opacity=".7"');

const smartHome: Draw = (c) =>
  shadow(c, 640, 200) +
  path('M240 300q0-150 160-150t160 150v210q0 120-160 120T240 510z', c.gradient(c.color.light, c.color.dark)) +
  times(6, (i) => stroke(`M252 ${360 + i * 36}q148 40 296 0`, c.color.darker, 5, 'opacity=".35"')) +
  ellipse(400, 222, 146, 62, c.color.darker) +
  ellipse(400, 222, 118, 46, c.glow(c.accent.light, c.accent.dark)) +
  ellipse(400, 222, 84, 30, c.color.darker);

/** Things with a plug or a battery. */
export const devices = {
  phone,
  tablet,
  laptop,
  headphones,
  earbuds,
  camera,
  speaker,
  controller,
  television,
  monitor,
  fan,
  washer,
  smartHome,
};

import { circle, type Draw, ellipse, group, path, rect, shadow, stroke, times } from './canvas.ts';

const bicycle: Draw = (c) =>
  shadow(c, 626, 330) +
  [210, 590]
    .map(
      (x) =>
        circle(x, 490, 128, 'none', 'stroke="#22262f" stroke-width="22"') +
        circle(x, 490, 114, 'none', 'stroke="#c9ced8" stroke-width="7"') +
        times(
          9,
          (i) => `<path d="M${x} 376v228" stroke="#9aa2b0" stroke-width="3" transform="rotate(${i * 20} ${x} 490)"/>`,
        ) +
        circle(x, 490, 15, '#4a5162'),
    )
    .join('') +
  stroke('M210 490L300 320H530L390 490H210M300 320L390 490M530 320L590 490', c.color.base, 20) +
  stroke('M304 314H526', c.color.light, 6) +
  stroke('M300 320L284 262M530 320L512 232h60q26 4 20 34', '#2b303c', 15) +
  path('M236 250h96q16 0 12 14-40 14-100 6-18-16-8-20z', '#22262f') +
  circle(390, 490, 40, 'none', `stroke="${c.accent.base}" stroke-width="12"`) +
  stroke('M390 490l38 58h34M390 490l-38-58h-30', '#2b303c', 11);

const tent: Draw = (c) =>
  path('M0 660Q400 600 800 660V800H0z', '#7fa66b', 'opacity=".55"') +
  shadow(c, 652, 330) +
  path('M400 190L90 640h270z', c.gradient(c.color.light, c.color.base)) +
  path('M400 190l310 450H440z', c.gradient(c.color.base, c.color.dark)) +
  path('M400 190l-70 450h140z', c.color.darker) +
  path('M400 190l-70 450 60-30z', c.accent.base) +
  path('M400 190l70 450-60-30z', c.accent.dark) +
  stroke('M400 190l-20-40M400 190l20-40', '#5b4630', 10) +
  stroke('M110 640l-50 26M690 640l50 26', '#efe6d2', 6) +
  circle(650, 200, 50, '#fff0bb');

const book: Draw = (c) =>
  shadow(c, 660, 240) +
  group(
    path('M250 130h290q30 0 30 30v470q0 30-30 30H250z', c.color.darker) +
      path('M262 612h292v30H262q-14-15 0-30z', '#f6f0e2') +
      path(
        'M232 148q0-30 30-30h280q14 0 14 14v462q0 14-14 14H262q-30 0-30 30z',
        c.gradient(c.color.light, c.color.dark, -50),
      ) +
      rect(250, 118, 16, 492, 0, c.color.darker, 'opacity=".35"') +
      rect(306, 170, 210, 260, 10, c.color.lighter) +
      circle(411, 270, 62, c.accent.base) +
      path('M306 400q60-90 105-40t105-60v120q0 10-10 10H316q-10 0-10-10z', c.color.dark) +
      rect(306, 470, 210, 20, 6, c.color.lighter) +
      rect(346, 508, 130, 14, 6, c.accent.light),
    'rotate(-5 400 400)',
  );

const comics: Draw = (c) =>
  shadow(c, 664, 270) +
  times(6, (i) => {
    const fill = [c.color.base, c.accent.base, c.color.dark, c.accent.dark, c.color.light, c.accent.light][i] ?? '';
    return (
      rect(180 + i * 76, 200 + (i % 2) * 6, 70, 456 - (i % 2) * 6, 6, fill) +
      rect(192 + i * 76, 240, 46, 100, 4, '#fffaf0', 'opacity=".85"') +
      circle(215 + i * 76, 560, 20, '#fffaf0', 'opacity=".85"') +
      rect(200 + i * 76, 380, 30, 120, 4, '#0b0f1e', 'opacity=".25"')
    );
  });

const guitar: Draw = (c) =>
  shadow(c, 712, 200) +
  group(
    rect(376, 60, 48, 330, 8, '#6b4429') +
      path('M364 20h72l-8 96h-56z', '#3b2417') +
      times(6, (i) => circle(i % 2 ? 446 : 354, 34 + Math.floor(i / 2) * 28, 9, '#e6d9b8')) +
      path(
        'M400 330c80-20 140 30 116 110c-10 34 44 60 44 140c0 90-80 140-160 140s-160-50-160-140c0-80 54-106 44-140c-24-80 36-130 116-110z',
        c.gradient(c.color.light, c.color.dark, -40),
      ) +
      path(
        'M400 348c66-16 116 26 96 92c-12 46 44 62 44 140c0 80-70 120-140 120s-140-40-140-120c0-78 56-94 44-140c-20-66 30-108 96-92z',
        'none',
        `stroke="${c.color.lighter}" stroke-width="4" opacity=".7"`,
      ) +
      circle(400, 500, 58, '#22150d', `stroke="${c.accent.light}" stroke-width="12"`) +
      rect(340, 620, 120, 22, 6, '#3b2417') +
      times(11, (i) => rect(376, 110 + i * 25, 48, 3, 0, '#d8ccb0')) +
      times(6, (i) => rect(380 + i * 7.4, 60, 1.8, 562, 0, '#f5efdf')),
    'rotate(16 400 420) translate(0 10)',
  );

const keyboard: Draw = (c) =>
  shadow(c, 560, 350) +
  rect(70, 300, 660, 250, 20, c.gradient(c.color.base, c.color.darker)) +
  rect(92, 320, 150, 46, 8, '#10131b') +
  times(9, (i) => rect(102 + i * 15, 358 - (8 + c.random() * 26), 9, 8 + c.random() * 26, 2, c.accent.light)) +
  times(6, (i) => circle(290 + i * 46, 343, 15, '#20242f', `stroke="${c.accent.base}" stroke-width="4"`)) +
  times(14, (i) => rect(92 + i * 44.2, 390, 41, 146, 6, '#fcfbf7')) +
  times(14, (i) => ([2, 6, 9, 13].includes(i) ? '' : rect(122 + i * 44.2, 390, 25, 88, 5, '#1a1d26')));

const blocks: Draw = (c) => {
  const brick = (x: number, y: number, w: number, fill: string, dark: string) =>
    times(w / 60, (i) => rect(x + 12 + i * 60, y - 16, 36, 24, 8, fill)) +
    rect(x, y, w, 96, 10, fill) +
    rect(x, y + 78, w, 18, 8, dark);
  return (
    shadow(c, 652, 290) +
    brick(130, 550, 240, c.color.base, c.color.dark) +
    brick(380, 550, 300, c.accent.base, c.accent.dark) +
    brick(190, 452, 300, '#f2c14e', '#c89526') +
    brick(250, 354, 180, c.accent.light, c.accent.base) +
    brick(440, 354, 180, c.color.light, c.color.base) +
    brick(310, 256, 180, '#e8625a', '#b63f38')
  );
};

const figure: Draw = (c) =>
  shadow(c, 690, 170) +
  ellipse(400, 672, 170, 30, '#2b303c') +
  ellipse(400, 662, 170, 30, c.gradient(c.accent.light, c.accent.dark)) +
  rect(330, 520, 56, 140, 16, c.color.darker) +
  rect(414, 520, 56, 140, 16, c.color.darker) +
  path('M300 350h200l26 190H274z', c.gradient(c.color.light, c.color.dark)) +
  group(rect(224, 350, 66, 180, 30, c.color.dark), 'rotate(14 257 360)') +
  group(rect(510, 340, 66, 180, 30, c.color.dark), 'rotate(-40 543 360)') +
  path('M360 380h80l20 60-60 40-60-40z', c.accent.base) +
  rect(302, 150, 196, 200, 60, c.gradient(c.color.lighter, c.color.light)) +
  rect(322, 216, 156, 70, 34, '#141824') +
  circle(362, 251, 18, c.accent.light) +
  circle(438, 251, 18, c.accent.light) +
  stroke('M400 150V104', c.color.dark, 10) +
  circle(400, 96, 18, c.accent.base);

const cards: Draw = (c) =>
  shadow(c, 650, 250) +
  times(3, (i) =>
    group(
      rect(270, 170, 260, 390, 22, '#f8e9bf') +
        rect(284, 184, 232, 362, 14, [c.color.dark, c.accent.dark, c.color.base][i] ?? '') +
        rect(
          304,
          214,
          192,
          170,
          10,
          c.gradient([c.accent.light, c.color.light, c.accent.lighter][i] ?? '', c.color.darker),
        ) +
        (i === 2 ? path('M400 232l22 46 50 6-37 34 10 50-45-25-45 25 10-50-37-34 50-6z', '#fff1b8') : '') +
        rect(304, 402, 192, 20, 6, '#f8e9bf') +
        times(4, (k) => rect(304, 438 + k * 24, 192 - k * 26, 10, 5, '#ffffff', 'opacity=".55"')),
      `rotate(${-18 + i * 18} 400 760)`,
    ),
  );

const dumbbell: Draw = (c) =>
  shadow(c, 560, 320) +
  group(
    rect(250, 376, 300, 48, 20, c.gradient('#dfe3ea', '#8b93a3')) +
      times(12, (i) => rect(316 + i * 14, 376, 5, 48, 2, '#7b8494')) +
      [0, 1]
        .map((i) =>
          group(
            rect(210, 280, 60, 240, 22, c.gradient(c.color.light, c.color.darker)) +
              rect(150, 304, 60, 192, 22, c.gradient(c.color.base, c.color.darker)) +
              rect(120, 372, 34, 56, 12, '#8b93a3') +
              rect(224, 300, 10, 200, 5, c.accent.base),
            i ? 'translate(800 0) scale(-1 1)' : '',
          ),
        )
        .join(''),
    'rotate(-16 400 400)',
  );

const ball: Draw = (c) =>
  shadow(c, 660, 220) +
  circle(400, 410, 236, c.glow('#ffffff', '#cfd5de', 0.35, 0.3)) +
  path('M400 318l86 62-33 102H347l-33-102z', c.color.base) +
  times(
    5,
    (i) =>
      `<g transform="rotate(${i * 72} 400 410)">${stroke('M400 318V252', '#3a4152', 7)}${path('M346 190q54-24 108 0l-20 52-34 12-34-12z', c.color.dark)}${stroke('M366 244L300 300', '#3a4152', 7)}</g>`,
  ) +
  circle(400, 410, 236, 'none', 'stroke="#98a1af" stroke-width="4"');

const helmet: Draw = (c) =>
  shadow(c, 650, 270) +
  path(
    'M150 430C140 200 290 130 420 140s250 110 240 330q-4 120-60 150H330q-30-10-30-60l-10-60H190q-36-8-40-70z',
    c.gradient(c.color.light, c.color.dark, -30),
  ) +
  path('M170 400q-4-90 60-150l220 30q60 10 60 80t-60 80H200q-28-6-30-40z', '#151925') +
  path('M186 386q4-70 56-116l180 26q-120 10-190 120h-30q-14-6-16-30z', c.accent.light, 'opacity=".55"') +
  path('M440 140q160 20 210 210q-80-120-260-206z', c.accent.base) +
  circle(520, 500, 30, c.color.darker) +
  stroke('M330 600h270', c.color.darker, 14);

const wheel: Draw = (c) =>
  shadow(c, 680, 230) +
  circle(400, 400, 270, '#1b1e27') +
  times(36, (i) => rect(392, 126, 16, 30, 4, '#2c303c', `transform="rotate(${i * 10} 400 400)"`)) +
  circle(400, 400, 198, c.gradient('#eef1f5', '#8c95a5', -40)) +
  circle(400, 400, 178, '#262b37') +
  times(5, (i) =>
    path(
      'M376 400l-34-172h116l-34 172z',
      c.gradient(c.color.lighter, c.color.base),
      `transform="rotate(${i * 72} 400 400)"`,
    ),
  ) +
  circle(400, 400, 58, c.color.dark) +
  times(5, (i) => circle(400, 366, 7, '#e8ebf0', `transform="rotate(${i * 72 + 36} 400 400)"`)) +
  circle(400, 400, 20, c.accent.base);

const engine: Draw = (c) =>
  shadow(c, 640, 260) +
  times(2, (i) =>
    group(
      rect(300, 170, 110, 40, 10, '#3b4252') +
        times(7, (k) => rect(270 - k * 2, 214 + k * 30, 170 + k * 4, 16, 6, c.gradient('#e1e5ec', '#8d96a6'))) +
        rect(314, 200, 80, 230, 10, '#697386'),
      i ? 'translate(60 12) rotate(26 400 400)' : 'translate(-30 12) rotate(-26 350 400)',
    ),
  ) +
  path(
    'M220 430h360q40 0 40 50v90q0 50-50 50H230q-50 0-50-50v-90q0-50 40-50z',
    c.gradient(c.color.light, c.color.darker),
  ) +
  circle(320, 526, 66, '#d5dae3') +
  circle(320, 526, 42, c.color.base) +
  circle(500, 526, 52, '#aeb6c4') +
  times(6, (i) => circle(500, 488, 7, '#596274', `transform="rotate(${i * 60} 500 526)"`)) +
  stroke('M560 300q120 0 130 120v120', c.accent.base, 24);

const stroller: Draw = (c) =>
  shadow(c, 676, 260) +
  stroke('M250 580L520 360M520 580L300 400M520 360l70-150h50', '#2b303c', 18) +
  path('M200 330q0-170 180-180v180z', c.gradient(c.color.light, c.color.dark)) +
  times(3, (i) => stroke(`M380 330L${250 + i * 46} ${226 - i * 28}`, c.color.darker, 5, 'opacity=".5"')) +
  path('M200 330h350q-10 160-150 160H330q-120-10-130-160z', c.gradient(c.accent.light, c.accent.dark)) +
  [250, 520]
    .map((x) => circle(x, 600, 66, '#22262f') + circle(x, 600, 42, '#d8dde5') + circle(x, 600, 14, c.color.base))
    .join('');

const drill: Draw = (c) =>
  shadow(c, 668, 220) +
  rect(560, 268, 130, 22, 6, '#9aa2b0') +
  path('M500 240h60l20 20v40l-20 20h-60z', '#3a4152') +
  path('M180 230q0-40 40-40h230q60 0 60 60v50q0 60-60 60H220q-40 0-40-40z', c.gradient(c.color.light, c.color.dark)) +
  path('M220 350h120l20 210H230z', c.gradient(c.color.base, c.color.darker)) +
  path('M340 370h40q20 20 0 60h-34z', '#22262f') +
  rect(190, 556, 220, 92, 18, '#22262f') +
  rect(206, 576, 70, 20, 6, c.accent.base) +
  times(4, (i) => rect(214 + i * 26, 226, 14, 80, 6, c.color.darker));

/** Things for free time, and what moves people. */
export const leisure = {
  bicycle,
  tent,
  book,
  comics,
  guitar,
  keyboard,
  blocks,
  figure,
  cards,
  dumbbell,
  ball,
  helmet,
  wheel,
  engine,
  stroller,
  drill,
};

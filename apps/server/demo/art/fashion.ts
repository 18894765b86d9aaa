import { circle, type Draw, ellipse, group, path, rect, shadow, stroke, times } from './canvas.ts';

const shirt: Draw = (c) =>
  shadow(c, 690, 210) +
  path(
    'M310 150l-150 86 56 140 64-30v310q120 24 240 0V346l64 30 56-140-150-86q-90 70-180 0z',
    c.gradient(c.color.light, c.color.dark, -30),
  ) +
  path('M310 150q90 92 180 0l-22-10q-68 50-136 0z', c.color.darker) +
  circle(400, 380, 66, c.accent.base) +
  path('M334 390q33-40 66 0t66 0q-8 54-66 56q-58-2-66-56z', c.accent.lighter) +
  stroke('M280 346q10 150 0 300M520 346q-10 150 0 300', c.color.darker, 4, 'opacity=".3"');

const hoodie: Draw = (c) =>
  shadow(c, 690, 230) +
  path(
    'M300 200L186 262q-30 150-36 350l70 10 34-190v250h292V432l34 190 70-10q-6-200-36-350l-114-62z',
    c.gradient(c.color.light, c.color.dark, -30),
  ) +
  path('M290 220q10-100 110-100t110 100q-50 90-110 90t-110-90z', c.color.dark) +
  path('M324 226q6-66 76-66t76 66q-30 56-76 56t-76-56z', c.color.darker) +
  stroke('M372 290v90M428 290v110', c.accent.lighter, 8) +
  path('M300 480h200l34 100H266z', c.color.dark, 'opacity=".55"') +
  rect(254, 654, 292, 28, 8, c.color.darker);

const jacket: Draw = (c) =>
  shadow(c, 690, 230) +
  path(
    'M320 140l-130 80q-36 180-34 390l76 8 26-200v260h284V418l26 200 76-8q2-210-34-390l-130-80-80 40z',
    c.gradient(c.color.light, c.color.dark, -30),
  ) +
  path('M320 140l80 120 80-120 26 12-70 190h-72L294 152z', c.color.darker) +
  rect(396, 300, 8, 376, 4, c.accent.light) +
  times(5, (i) => circle(412, 340 + i * 72, 8, c.accent.base)) +
  times(
    2,
    (i) => rect(i ? 440 : 284, 400, 78, 84, 8, c.color.dark) + rect(i ? 440 : 284, 400, 78, 26, 8, c.color.darker),
  ) +
  stroke('M258 440q-8 120 0 236M542 440q8 120 0 236', c.accent.light, 3, 'stroke-dasharray="10 9" opacity=".7"');

const dress: Draw = (c) =>
  shadow(c, 690, 220) +
  stroke('M344 130l10 70M456 130l-10 70', c.color.dark, 14) +
  path(
    'M330 190q70 50 140 0l14 150q-16 40 0 60q90 130 130 270q-214 44-428 0q40-140 130-270q16-20 0-60z',
    c.gradient(c.color.light, c.color.dark, -20),
  ) +
  path('M314 384q86 24 172 0v26q-86 24-172 0z', c.accent.base) +
  times(5, (i) =>
    stroke(`M${340 + i * 30} 430Q${300 + i * 50} 560 ${240 + i * 80} 670`, c.color.darker, 4, 'opacity=".28"'),
  ) +
  times(12, (i) =>
    circle(270 + c.random() * 260 + (i % 2) * 4, 500 + c.random() * 160, 9, c.accent.lighter, 'opacity=".9"'),
  );

const sneaker: Draw = (c) =>
  shadow(c, 612, 330) +
  path(
    'M120 540q-20-130 20-230l120-20q40 60 120 60l60-40 150 120q110 20 122 110z',
    c.gradient(c.color.light, c.color.dark),
  ) +
  path('M120 540q-12-70-8-120q90 60 190 60q100 0 150 60z', c.color.dark, 'opacity=".55"') +
  path('M140 310l120-20q40 60 120 60l-30 34Q220 380 140 310z', c.color.darker) +
  path('M560 440q110 30 132 110H520q0-80 40-110z', c.accent.base) +
  times(4, (i) => stroke(`M${352 + i * 42} ${352 + i * 26}l46 -44`, '#ffffff', 13)) +
  path('M210 500q120-10 210-90l34 24Q360 540 220 530z', c.accent.light) +
  path('M104 530h596q10 64-40 64H150q-50 0-46-64z', '#f7f5f0') +
  times(14, (i) => rect(140 + i * 39, 578, 20, 16, 3, '#d5d1c8'));

const boots: Draw = (c) =>
  shadow(c, 652, 300) +
  [0, 1]
    .map((i) =>
      group(
        path('M200 170h170v250q0 30 70 70q70 36 70 110H190z', c.gradient(c.color.light, c.color.darker, -40)) +
          path('M190 600h324v34H190z', '#2a1d16') +
          rect(190, 634, 80, 18, 3, '#2a1d16') +
          rect(192, 162, 186, 40, 12, c.color.darker) +
          times(5, (k) => stroke(`M300 ${250 + k * 44}l78 14`, c.accent.light, 9)) +
          stroke('M212 590h290', c.accent.light, 4, 'stroke-dasharray="9 8"'),
        i ? 'translate(110 0)' : 'translate(0 -6)',
        i ? '' : 'opacity=".82"',
      ),
    )
    .join('');

const handbag: Draw = (c) =>
  shadow(c, 652, 270) +
  stroke('M290 330C290 110 510 110 510 330', c.color.darker, 24) +
  stroke('M290 330C290 110 510 110 510 330', c.color.dark, 13) +
  path('M190 310h420l46 300q4 40-40 40H184q-44 0-40-40z', c.gradient(c.color.light, c.color.dark, -30)) +
  path('M190 310h420l20 130q-110 70-230 70T170 440z', c.color.dark, 'opacity=".65"') +
  rect(366, 460, 68, 76, 14, c.gradient('#f6dd9b', '#b98a2f')) +
  circle(400, 496, 11, '#6d4d12') +
  stroke('M180 600h440', c.color.lighter, 4, 'stroke-dasharray="12 10" opacity=".8"') +
  path('M604 470l16 130-44 12-6-130z', c.accent.base);

const backpack: Draw = (c) =>
  shadow(c, 680, 230) +
  stroke('M340 170C340 90 460 90 460 170', c.color.darker, 20) +
  path('M240 300q0-150 160-150t160 150v320q0 50-50 50H290q-50 0-50-50z', c.gradient(c.color.light, c.color.dark, -30)) +
  times(2, (i) => rect(i ? 552 : 206, 400, 42, 220, 20, c.color.dark)) +
  rect(282, 420, 236, 210, 34, c.color.dark) +
  path('M282 452q118 44 236 0v-6q0-30-34-30H316q-34 0-34 30z', c.accent.base) +
  rect(388, 470, 24, 56, 10, c.accent.light) +
  stroke('M276 330q124 44 248 0', c.accent.light, 9) +
  rect(350, 218, 100, 62, 12, c.accent.base) +
  stroke('M374 250h52', c.accent.lighter, 8);

const watch: Draw = (c) =>
  shadow(c, 702, 150) +
  path('M320 90h160l16 170H304z', c.gradient(c.color.dark, c.color.base)) +
  path('M304 540h192l-16 170H320z', c.gradient(c.color.base, c.color.dark)) +
  times(4, (i) => ellipse(400, 590 + i * 28, 8, 5, c.color.darker)) +
  rect(556, 378, 40, 44, 8, '#b58d3b') +
  circle(400, 400, 178, c.gradient('#f2d791', '#a67c28', -40)) +
  circle(400, 400, 152, c.glow('#fffdf7', '#e8e2d3')) +
  times(12, (i) =>
    rect(395, 262, 10, i % 3 ? 18 : 34, 4, i % 3 ? '#77705f' : '#2a2620', `transform="rotate(${i * 30} 400 400)"`),
  ) +
  rect(394, 310, 12, 96, 6, '#2a2620', 'transform="rotate(-52 400 400)"') +
  rect(396, 276, 8, 130, 4, '#2a2620', 'transform="rotate(48 400 400)"') +
  rect(398, 272, 4, 160, 2, c.accent.base, 'transform="rotate(170 400 400)"') +
  circle(400, 400, 12, c.accent.base);

const necklace: Draw = (c) =>
  stroke('M210 130C200 400 330 500 400 520C470 500 600 400 590 130', '#b58d3b', 9) +
  stroke('M210 130C200 400 330 500 400 520C470 500 600 400 590 130', '#f6dd9b', 4, 'stroke-dasharray="8 10"') +
  circle(400, 530, 18, 'none', 'stroke="#b58d3b" stroke-width="9"') +
  path('M400 552l70 60-70 100-70-100z', c.gradient(c.color.light, c.color.dark)) +
  path('M330 612h140l-70 100z', c.color.base) +
  path('M400 552l-30 60h60z', c.color.lighter) +
  path('M370 612l30 100 30-100z', c.color.light) +
  times(6, (i) =>
    circle(
      [262, 300, 346, 454, 500, 538][i] ?? 0,
      [392, 446, 492, 492, 446, 392][i] ?? 0,
      13,
      c.glow('#ffffff', c.accent.light, 0.35, 0.3),
    ),
  );

const cap: Draw = (c) =>
  shadow(c, 596, 290) +
  path('M180 500C170 260 300 190 400 190s230 70 220 310z', c.gradient(c.color.light, c.color.dark)) +
  path('M180 500q220-70 440 0q140 20 150 74q-160 34-300-20q-160-30-290-54z', c.gradient(c.accent.base, c.accent.dark)) +
  stroke('M400 190v260M300 214q-40 120-44 262M500 214q40 120 44 262', c.color.darker, 5, 'opacity=".4"') +
  circle(400, 190, 14, c.accent.base) +
  path('M350 330l50-44 50 44-18 66h-64z', c.accent.lighter);

/** Things people wear. */
export const fashion = { shirt, hoodie, jacket, dress, sneaker, boots, handbag, backpack, watch, necklace, cap };

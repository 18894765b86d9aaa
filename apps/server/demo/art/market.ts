import { circle, type Draw, ellipse, group, path, rect, shadow, stroke, times } from './canvas.ts';

const bottle: Draw = (c) =>
  shadow(c, 680, 150) +
  rect(360, 110, 80, 90, 12, c.gradient('#3a3f4d', '#191c25', 90)) +
  rect(376, 196, 48, 30, 0, '#d9c07a') +
  path(
    'M330 226h140q50 10 50 70v340q0 40-40 40H320q-40 0-40-40V296q0-60 50-70z',
    c.gradient(c.color.lighter, c.color.base, 70),
  ) +
  path('M292 420h216v216q0 28-28 28H320q-28 0-28-28z', c.color.base, 'opacity=".55"') +
  rect(316, 350, 168, 200, 12, '#fffdf8') +
  circle(400, 412, 32, c.accent.base) +
  path('M400 384q28 28 0 56q-28-28 0-56z', c.accent.lighter) +
  times(3, (i) => rect(346 + i * 10, 474 + i * 22, 108 - i * 20, 9, 4, i ? '#c8c2b4' : c.color.dark)) +
  rect(298, 270, 14, 340, 7, '#ffffff', 'opacity=".5"');

const perfume: Draw = (c) =>
  shadow(c, 652, 210) +
  rect(344, 140, 112, 110, 20, c.gradient('#f6dd9b', '#a67c28', 60)) +
  rect(366, 246, 68, 36, 0, '#d9c07a') +
  path(
    'M260 282h280q40 0 40 44v270q0 54-54 54H274q-54 0-54-54V326q0-44 40-44z',
    c.gradient('#ffffff', c.color.lighter),
    'opacity=".95"',
  ) +
  path('M246 400h308v186q0 38-38 38H284q-38 0-38-38z', c.gradient(c.color.light, c.color.base)) +
  path('M220 326q0-44 40-44h60L230 620q-10-14-10-30z', '#ffffff', 'opacity=".4"') +
  rect(320, 420, 160, 120, 8, '#fffdf8') +
  path('M400 440q40 34 0 70q-40-36 0-70z', c.accent.base);

const jar: Draw = (c) =>
  shadow(c, 616, 240) +
  rect(200, 380, 400, 230, 50, c.gradient(c.color.lighter, c.color.light, 40)) +
  rect(230, 420, 340, 130, 14, '#fffdf8') +
  circle(300, 485, 34, c.accent.base) +
  rect(354, 456, 180, 18, 6, c.color.dark) +
  rect(354, 492, 120, 12, 6, '#c8c2b4') +
  rect(186, 270, 428, 124, 34, c.gradient(c.color.base, c.color.dark)) +
  times(20, (i) => rect(206 + i * 20, 284, 5, 96, 2, c.color.darker, 'opacity=".3"'));

const lipstick: Draw = (c) =>
  shadow(c, 668, 200) +
  rect(270, 430, 110, 230, 12, '#191c25') +
  rect(282, 340, 86, 100, 6, c.gradient('#f6dd9b', '#a67c28', 90)) +
  path('M292 340V230q50-70 66-70v180z', c.gradient(c.color.light, c.color.dark, 90)) +
  rect(424, 470, 150, 190, 16, c.gradient(c.accent.light, c.accent.dark)) +
  ellipse(499, 470, 75, 20, c.accent.lighter) +
  ellipse(499, 470, 56, 13, c.color.light);

const coffee: Draw = (c) =>
  shadow(c, 672, 220) +
  path('M250 180h300l20 440q0 46-46 46H276q-46 0-46-46z', c.gradient(c.color.base, c.color.darker, -40)) +
  path('M250 180h300l-8-60H258z', c.color.dark) +
  stroke('M256 150h288', c.color.lighter, 5, 'stroke-dasharray="10 8"') +
  rect(286, 270, 228, 270, 14, '#fbf3e2') +
  group(
    ellipse(0, 0, 62, 84, '#5b3520') + stroke('M0-80q-36 80 0 160', '#fbf3e2', 9),
    'translate(400 380) rotate(28)',
  ) +
  rect(330, 480, 140, 14, 6, c.accent.base) +
  rect(350, 506, 100, 10, 5, '#bfae8e') +
  times(7, (i) =>
    group(
      ellipse(0, 0, 22, 15, '#4a2a18') + stroke('M-18 0q18-9 36 0', '#2c170c', 3.5),
      `translate(${160 + i * 78 + (i > 2 ? 20 : 0)} ${672 + (i % 2) * 18}) rotate(${i * 47})`,
    ),
  );

const chocolate: Draw = (c) =>
  shadow(c, 640, 260) +
  group(
    rect(210, 170, 380, 470, 16, '#5a321d') +
      times(4, (row) =>
        times(
          3,
          (i) =>
            rect(226 + i * 120, 186 + row * 112, 108, 100, 8, '#744427') +
            rect(240 + i * 120, 198 + row * 112, 80, 76, 6, '#67391f'),
        ),
      ) +
      path('M196 380l60-26 60 26 60-26 60 26 60-26 60 26 48-20v290q0 20-20 20H216q-20 0-20-20z', '#dfe3ea') +
      path('M190 430h420v220q0 20-20 20H210q-20 0-20-20z', c.gradient(c.color.base, c.color.dark)) +
      circle(400, 540, 66, c.accent.base) +
      times(8, (i) =>
        path('M400 486q18 26 0 54q-18-28 0-54z', c.accent.lighter, `transform="rotate(${i * 45} 400 540)"`),
      ),
    'rotate(-9 400 400)',
  );

const sauce: Draw = (c) =>
  shadow(c, 690, 140) +
  rect(366, 90, 68, 70, 10, c.color.darker) +
  path(
    'M370 156h60v90q80 50 80 150v240q0 50-50 50H340q-50 0-50-50V396q0-100 80-150z',
    c.gradient(c.color.light, c.color.dark, 60),
  ) +
  rect(290, 430, 220, 180, 0, '#fff7e6') +
  path('M340 560q-10-70 60-90t70-22q-10 110-80 124t-50-12z', c.accent.base) +
  stroke('M470 448q14-22 34-14', '#4c8a4f', 12) +
  rect(310, 270, 12, 130, 6, '#ffffff', 'opacity=".4"');

const amulet: Draw = (c) =>
  stroke('M250 60Q270 230 400 250Q530 230 550 60', '#7a5b22', 12) +
  stroke('M250 60Q270 230 400 250Q530 230 550 60', '#e6c878', 5, 'stroke-dasharray="14 8"') +
  circle(400, 258, 22, 'none', 'stroke="#c79a3a" stroke-width="12"') +
  path(
    'M400 282c130 10 180 120 180 230c0 120-80 190-180 190s-180-70-180-190c0-110 50-220 180-230z',
    c.gradient('#f8e3a6', '#a67c28', -40),
  ) +
  path(
    'M400 312c104 8 146 100 146 196c0 98-64 158-146 158s-146-60-146-158c0-96 42-188 146-196z',
    c.glow(c.color.light, c.color.dark, 0.4, 0.3),
  ) +
  group(
    circle(400, 408, 34, c.color.lighter) +
      path('M392 360q8-26 16 0l6 20h-28z', c.color.lighter) +
      path('M346 456q54-30 108 0l16 90H330z', c.color.lighter) +
      path('M306 556q94-40 188 0q20 34-20 40H326q-40-6-20-40z', c.color.light) +
      path('M290 606h220l-20 24H310z', c.color.lighter),
    '',
    'opacity=".92"',
  ) +
  times(26, (i) => circle(400, 300, 6, '#7a5b22', `transform="rotate(${i * 13.85} 400 492) "`));

const coin: Draw = (c) =>
  shadow(c, 672, 220) +
  circle(400, 404, 258, c.gradient(c.color.light, c.color.darker, -40)) +
  circle(400, 404, 226, 'none', `stroke="${c.color.lighter}" stroke-width="8"`) +
  circle(400, 404, 196, c.glow(c.color.lighter, c.color.base, 0.35, 0.3)) +
  times(32, (i) => circle(400, 190, 6, c.color.lighter, `transform="rotate(${i * 11.25} 400 404)"`)) +
  path(
    'M400 262q66 0 66 70q0 50-34 66q80 20 90 136H278q10-116 90-136q-34-16-34-66q0-70 66-70z',
    c.color.dark,
    'opacity=".75"',
  ) +
  path('M400 276q52 0 52 60t-52 60-52-60 52-60z', c.color.light) +
  path('M292 524q16-100 108-100t108 100z', c.color.light);

const petBowl: Draw = (c) =>
  shadow(c, 600, 280) +
  times(18, (i) =>
    circle(270 + (i % 9) * 32 + (i > 8 ? 14 : 0), 400 - (i > 8 ? 24 : 0), 22, i % 3 ? '#a8703f' : '#8a5830'),
  ) +
  path('M190 410h420l50 150q8 34-30 34H170q-38 0-30-34z', c.gradient(c.color.light, c.color.dark)) +
  ellipse(400, 412, 212, 30, 'none', `stroke="${c.color.lighter}" stroke-width="12"`) +
  circle(400, 530, 28, c.accent.lighter) +
  times(4, (i) => ellipse(352 + i * 32, 486 - (i === 1 || i === 2 ? 14 : 0), 13, 17, c.accent.lighter)) +
  group(
    rect(150, 250, 130, 36, 18, '#f5ead3') +
      times(4, (i) => circle(i % 2 ? 150 : 280, i > 1 ? 250 : 286, 24, '#f5ead3')),
    'rotate(-24 220 270) translate(-20 20)',
  );

const alebrije: Draw = (c) =>
  shadow(c, 668, 230) +
  path(
    'M560 470q150-30 130-210q-60 40-80 110q-10-70-60-120q-30 120-20 220z',
    c.gradient(c.accent.light, c.accent.dark),
  ) +
  times(2, (i) => rect(i ? 470 : 340, 560, 34, 100, 14, c.color.dark)) +
  path('M250 470q0-90 110-100q200-10 230 90q10 120-150 130t-190-120z', c.gradient(c.color.light, c.color.dark)) +
  path('M190 320q0-90 90-96l30-70 26 76q60 20 56 90q-20 90-100 90t-102-90z', c.gradient(c.color.light, c.color.base)) +
  path('M230 230l-60-90 96 50z', c.accent.base) +
  path('M196 340l-76 20 80 24z', '#f2c14e') +
  circle(256, 306, 22, '#ffffff') +
  circle(252, 308, 11, '#151925') +
  times(18, (i) =>
    circle(
      320 + (i % 6) * 40 + (i % 2) * 8,
      420 + Math.floor(i / 6) * 50,
      11,
      [c.accent.light, '#f2c14e', '#ffffff'][i % 3] ?? '',
    ),
  ) +
  times(5, (i) => stroke(`M${330 + i * 44} 392q12 16 24 0`, '#f2c14e', 6)) +
  times(4, (i) => circle(620 + (i % 2) * 26, 340 + i * 26, 9, '#ffffff'));

const poster: Draw = (c) =>
  rect(226, 126, 360, 540, 6, '#0b0f1e', 'opacity=".16"') +
  rect(214, 110, 372, 548, 6, '#fffdf8') +
  rect(240, 136, 320, 496, 2, c.color.lighter) +
  circle(400, 310, 110, c.accent.base) +
  path('M240 470q80-120 160-40t160-60v262H240z', c.color.base) +
  path('M240 540q100-90 180-30t140-30v152H240z', c.color.dark) +
  times(6, (i) => stroke(`M${280 + i * 50} 632q-10-60 14-110`, c.accent.light, 5));

const patterns: Draw = (c) => {
  const tile = (x: number, y: number, i: number) =>
    group(
      rect(0, 0, 180, 180, 14, [c.color.base, c.accent.light, c.color.lighter, c.accent.base][i % 4] ?? '') +
        (i % 3 === 0
          ? times(9, (k) => circle(36 + (k % 3) * 54, 36 + Math.floor(k / 3) * 54, 15, c.color.dark))
          : i % 3 === 1
            ? times(5, (k) => stroke(`M8 ${28 + k * 32}q20-24 41 0t41 0t41 0t41 0`, c.color.dark, 7))
            : times(4, (k) =>
                path('M90 90q34-44 0-80q-34 36 0 80z', c.accent.dark, `transform="rotate(${k * 90} 90 90)"`),
              ) + circle(90, 90, 14, c.color.darker)),
      `translate(${x} ${y})`,
    );
  return times(9, (i) => tile(110 + (i % 3) * 200, 110 + Math.floor(i / 3) * 200, i));
};

const documents: Draw = (c) =>
  shadow(c, 690, 250) +
  times(3, (i) =>
    group(
      rect(240, 130, 320, 440, 12, '#0b0f1e', 'opacity=".12" transform="translate(8 10)"') +
        rect(240, 130, 320, 440, 12, '#fffdf8') +
        rect(240, 130, 320, 90, 12, [c.color.light, c.accent.base, c.color.base][i] ?? '') +
        rect(268, 160, 150, 26, 6, '#fffdf8', 'opacity=".9"') +
        times(5, (k) => rect(268, 250 + k * 26, [230, 260, 200, 250, 140][k] ?? 0, 10, 5, '#d8d3c6')) +
        times(4, (k) =>
          rect(
            276 + k * 62,
            530 - ([60, 110, 84, 130][k] ?? 0),
            40,
            [60, 110, 84, 130][k] ?? 0,
            4,
            k % 2 ? c.accent.base : c.color.base,
          ),
        ),
      `rotate(${-14 + i * 12} 400 700)`,
    ),
  );

const tools: Draw = (c) =>
  shadow(c, 660, 240) +
  group(
    rect(376, 240, 48, 420, 20, c.gradient(c.color.light, c.color.dark, 90)) +
      path('M330 130q70-30 140 0v96H330z', c.gradient('#dfe3ea', '#8b93a3')),
    'rotate(-34 400 420)',
  ) +
  group(
    rect(372, 300, 56, 360, 24, c.gradient(c.accent.light, c.accent.dark, 90)) +
      path('M330 150q-20 100 50 150h40q70-50 50-150l-34-10v84l-36 24-36-24v-84z', c.gradient('#dfe3ea', '#8b93a3')),
    'rotate(34 400 420)',
  );

/** Things of a counter: care, food, crafts, paper; and signs for services. */
export const market = {
  bottle,
  perfume,
  jar,
  lipstick,
  coffee,
  chocolate,
  sauce,
  amulet,
  coin,
  petBowl,
  alebrije,
  poster,
  patterns,
  documents,
  tools,
};

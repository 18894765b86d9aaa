import {
  type Canvas,
  circle,
  type Draw,
  ellipse,
  group,
  isometricBox,
  mix,
  path,
  rect,
  shadow,
  stroke,
  times,
  tones,
} from './canvas.ts';

/** A square swatch in front of a sphere of the same material would need projection; a swatch with a curled corner says "tile" as well. */
function swatch(c: Canvas, inner: string): string {
  const id = `tile${c.definitions.length}`;
  c.definitions.push(`<clipPath id="${id}"><rect x="110" y="110" width="580" height="580" rx="36"/></clipPath>`);
  return (
    shadow(c, 716, 300) +
    `<g clip-path="url(#${id})">${inner}${rect(110, 110, 580, 580, 0, c.gradient('#ffffff2e', '#0000003d', -30))}</g>` +
    rect(110, 110, 580, 580, 36, 'none', 'stroke="#ffffff" stroke-width="5" opacity=".35"')
  );
}

/** A color of `color`'s shades, by chance. */
function shade(c: Canvas, color = c.color): string {
  return mix(color.dark, color.light, c.random());
}

const bricks: Draw = (c) =>
  swatch(
    c,
    rect(110, 110, 580, 580, 0, mix(c.color.darker, '#c9c2b8', 0.45)) +
      times(9, (row) =>
        times(6, (i) => {
          const x = 70 + i * 130 - (row % 2) * 65;
          const fill = shade(c);
          return (
            rect(x, 114 + row * 66, 122, 58, 5, fill) +
            rect(x, 114 + row * 66, 122, 8, 4, '#ffffff', 'opacity=".2"') +
            rect(x, 162 + row * 66, 122, 10, 4, '#000000', 'opacity=".22"')
          );
        }),
      ),
  );

const planks: Draw = (c) =>
  swatch(
    c,
    times(7, (i) => {
      const y = 110 + i * 84;
      return (
        rect(110, y, 580, 82, 0, shade(c)) +
        times(4, (k) =>
          stroke(
            `M110 ${y + 14 + k * 18}q${120 + c.random() * 80} ${-14 + c.random() * 28} 290 0t290 ${-6 + c.random() * 12}`,
            c.color.darker,
            2.5,
            'opacity=".35"',
          ),
        ) +
        ellipse(
          160 + c.random() * 480,
          y + 42,
          22,
          11,
          'none',
          `stroke="${c.color.darker}" stroke-width="4" opacity=".5"`,
        ) +
        rect(110, y + 78, 580, 6, 0, c.color.darker) +
        rect(150 + c.random() * 460, y, 5, 80, 0, c.color.darker)
      );
    }),
  );

const fabric: Draw = (c) =>
  swatch(
    c,
    rect(110, 110, 580, 580, 0, c.color.dark) +
      times(20, (row) =>
        times(20, (i) =>
          (row + i) % 2
            ? rect(112 + i * 29, 110 + row * 29, 25, 29, 9, c.gradient(c.color.light, c.color.base, 90))
            : rect(110 + i * 29, 112 + row * 29, 29, 25, 9, c.color.base),
        ),
      ),
  );

const panels: Draw = (c) =>
  swatch(
    c,
    rect(110, 110, 580, 580, 0, c.color.darker) +
      [
        [120, 120, 270, 180],
        [400, 120, 280, 110],
        [120, 310, 130, 370],
        [260, 310, 260, 230],
        [530, 240, 150, 300],
        [260, 550, 420, 130],
      ]
        .map(
          ([x = 0, y = 0, w = 0, h = 0], i) =>
            path(
              `M${x + 20} ${y}h${w - 20}v${h - 20}l-20 20h${20 - w}v${20 - h}z`,
              c.gradient(i % 2 ? c.color.base : c.color.light, c.color.dark),
            ) +
            times(4, (k) => circle(x + (k % 2 ? w - 18 : 18), y + (k > 1 ? h - 18 : 22), 5, c.color.darker)) +
            (i % 2
              ? rect(x + 40, y + h / 2 - 8, w - 80, 14, 7, c.accent.light)
              : times(5, (k) => rect(x + 40, y + 44 + k * 20, w * 0.4, 8, 4, c.color.darker))),
        )
        .join(''),
  );

const ground: Draw = (c) =>
  swatch(
    c,
    rect(110, 110, 580, 580, 0, c.color.dark) +
      times(90, (i) => {
        const [x, y, r] = [110 + c.random() * 580, 110 + c.random() * 580, 14 + c.random() * 34];
        return (
          ellipse(x + 4, y + 6, r, r * 0.8, '#0b0f1e', 'opacity=".3"') +
          ellipse(x, y, r, r * 0.78, i % 7 ? shade(c) : shade(c, c.accent)) +
          ellipse(x - r * 0.3, y - r * 0.3, r * 0.4, r * 0.22, '#ffffff', 'opacity=".22"')
        );
      }),
  );

const hexagons: Draw = (c) =>
  swatch(
    c,
    rect(110, 110, 580, 580, 0, '#0d1222') +
      times(9, (row) =>
        times(8, (i) => {
          const [x, y] = [120 + i * 88 + (row % 2) * 44, 110 + row * 76];
          const lit = c.random() > 0.82;
          return path(
            `M${x} ${y - 46}l40 23v46l-40 23-40-23v-46z`,
            lit ? c.accent.base : shade(c),
            lit ? `stroke="${c.accent.lighter}" stroke-width="5"` : '',
          );
        }),
      ),
  );

/** A lit sphere on a checkered floor, as material previews show it. */
function previewSphere(c: Canvas, ball: string): string {
  return (
    times(5, (row) =>
      times(9, (i) =>
        (row + i) % 2
          ? ''
          : path(`M${-60 + i * 110 - row * 16} ${560 + row * 50}h110l-${16} 50h-110z`, '#ffffff', 'opacity=".07"'),
      ),
    ) +
    shadow(c, 672, 240) +
    ball
  );
}

const sphere: Draw = (c) =>
  previewSphere(
    c,
    circle(400, 400, 260, c.glow(c.color.lighter, c.color.darker, 0.34, 0.28)) +
      path('M160 460q120 90 240 10t240-20q-20 190-240 210q-200-20-240-200z', c.accent.base, 'opacity=".55"') +
      path('M170 500q110 70 230 10t226-10q-40 150-226 160q-180-10-230-160z', c.accent.dark, 'opacity=".6"') +
      ellipse(310, 270, 72, 40, '#ffffff', 'opacity=".75" transform="rotate(-32 310 270)"'),
  );

const flame: Draw = (c) =>
  circle(400, 440, 330, c.glow(c.accent.base, `${c.accent.dark}00`), 'opacity=".55"') +
  path(
    'M400 90q40 130 130 220t80 210q-30 150-210 150T190 520q-6-110 70-170q10 70 50 90q-30-190 90-350z',
    c.gradient(c.accent.light, c.color.base),
  ) +
  path(
    'M410 270q20 90 80 150t30 150q-30 80-120 80t-120-90q0-80 50-110q10 40 40 50q-20-130 40-230z',
    c.gradient('#fff3b0', c.accent.base),
  ) +
  path('M404 450q60 70 40 140q-16 40-50 40t-54-46q0-60 64-134z', '#fffbe6') +
  times(14, () => circle(180 + c.random() * 440, 120 + c.random() * 420, 4 + c.random() * 8, c.accent.lighter));

const waveform: Draw = (c) =>
  rect(90, 210, 620, 380, 40, c.gradient('#1b1733', '#120f24'), 'stroke="#ffffff22" stroke-width="3"') +
  times(56, (i) => {
    const envelope = Math.sin((Math.PI * (i + 1)) / 58) ** 0.7;
    const height = 24 + envelope * 240 * (0.25 + 0.75 * c.random());
    return rect(
      124 + i * 9.9,
      400 - height / 2,
      6,
      height,
      3,
      i < 24 ? c.accent.base : mix(c.color.light, c.color.dark, i / 56),
    );
  }) +
  rect(360, 236, 3, 328, 1, '#ffffff') +
  circle(361, 236, 9, '#ffffff') +
  circle(400, 664, 54, c.gradient(c.color.light, c.color.dark)) +
  path('M384 636l48 28-48 28z', '#ffffff') +
  times(
    2,
    (i) =>
      circle(i ? 530 : 270, 664, 30, '#ffffff1f') +
      path(i ? 'M520 650l20 14-20 14zM542 650v28' : 'M280 650l-20 14 20 14z', '#ffffff'),
  );

const vinyl: Draw = (c) =>
  shadow(c, 690, 250) +
  circle(430, 400, 270, '#14111f') +
  times(9, (i) => circle(430, 400, 120 + i * 16, 'none', 'stroke="#ffffff" stroke-width="2" opacity=".12"')) +
  path('M430 400L620 210A270 270 0 0 1 694 360z', '#ffffff', 'opacity=".12"') +
  rect(110, 150, 400, 500, 12, c.gradient(c.color.light, c.color.darker, -40)) +
  circle(310, 340, 110, c.accent.base) +
  times(7, (i) =>
    rect(150, 470 + i * 20, 320, 8, 0, i % 2 ? c.accent.light : c.accent.dark, `opacity="${1 - i * 0.1}"`),
  ) +
  circle(430, 400, 0, c.accent.base);

const nodes: Draw = (c) => {
  const node = (x: number, y: number, w: number, rows: number, color: string) =>
    rect(x, y, w, 56 + rows * 40, 16, '#1d1936', 'stroke="#ffffff30" stroke-width="3"') +
    path(`M${x} ${y + 44}v-28q0-16 16-16h${w - 32}q16 0 16 16v28z`, color) +
    rect(x + 18, y + 16, w * 0.5, 12, 6, '#ffffff', 'opacity=".9"') +
    times(
      rows,
      (i) =>
        circle(x, y + 72 + i * 40, 10, c.accent.light) +
        circle(x + w, y + 72 + i * 40, 10, c.color.light) +
        rect(x + 26, y + 66 + i * 40, w * 0.42, 10, 5, '#ffffff', 'opacity=".35"'),
    );
  return (
    times(13, (i) => times(13, (k) => circle(40 + i * 60, 40 + k * 60, 2.5, '#ffffff', 'opacity=".16"'))) +
    stroke(
      'M300 232C360 232 340 332 420 332M300 272C380 272 330 512 420 512M300 572C380 572 340 552 420 552M640 332C720 332 700 200 760 200M640 512C700 512 700 560 780 560',
      c.accent.base,
      7,
    ) +
    node(90, 160, 210, 2, c.color.base) +
    node(90, 500, 210, 2, c.accent.dark) +
    node(420, 260, 220, 2, c.color.dark) +
    node(420, 440, 220, 3, c.color.base)
  );
};

const interfaceKit: Draw = (c) =>
  rect(110, 130, 580, 540, 28, c.gradient('#221c40', '#15112b'), 'stroke="#ffffff30" stroke-width="3"') +
  rect(140, 160, 520, 70, 16, '#ffffff14') +
  circle(180, 195, 22, c.accent.base) +
  rect(220, 178, 180, 14, 7, '#ffffff') +
  rect(220, 202, 110, 10, 5, '#ffffff', 'opacity=".4"') +
  rect(560, 178, 80, 34, 17, c.color.base) +
  times(6, (i) =>
    group(
      rect(0, 0, 160, 130, 18, i === 1 ? c.color.base : '#ffffff14') +
        (i % 3 === 0
          ? circle(80, 54, 30, c.accent.light)
          : i % 3 === 1
            ? path('M80 20l12 26 28 4-20 20 5 28-25-13-25 13 5-28-20-20 28-4z', '#ffe08a')
            : rect(50, 28, 60, 52, 12, c.accent.base)) +
        rect(40, 102, 80, 10, 5, '#ffffff', 'opacity=".7"'),
      `translate(${140 + (i % 3) * 180} ${254 + Math.floor(i / 3) * 150})`,
    ),
  ) +
  rect(140, 570, 520, 26, 13, '#ffffff1c') +
  rect(140, 570, 350, 26, 13, c.gradient(c.accent.light, c.accent.base, -90)) +
  times(3, (i) => rect(140 + i * 180, 616, 160, 30, 10, i === 2 ? c.accent.base : '#ffffff1c'));

const landscape: Draw = (c) =>
  shadow(c, 706, 320) +
  times(6, (row) =>
    times(6, (i) => {
      const [x, y] = [i - 3, row - 3];
      const height = 0.6 + Math.max(0, 3.4 - Math.hypot(i - 1.6, row - 1.4)) * (0.8 + c.random() * 0.5);
      const color =
        height > 3 ? tones('#eef2f7') : height > 1.9 ? tones('#8b8f9c') : height > 0.9 ? c.color : tones('#3f8fd0');
      return isometricBox({ x: x * 1.5, y: y * 1.5, z: -2, w: 1.5, d: 1.5, h: height + 1 }, color, 42, 485);
    }),
  ) +
  times(6, (i) =>
    isometricBox(
      { x: 1.4 + (i % 3) * 0.9, y: 1 + Math.floor(i / 3) * 1.5, z: -0.4, w: 0.5, d: 0.5, h: 0.9 },
      c.accent,
      42,
      520,
    ),
  );

const city: Draw = (c) =>
  circle(400, 330, 300, c.glow(c.accent.base, `${c.color.dark}00`), 'opacity=".45"') +
  shadow(c, 706, 320) +
  isometricBox({ x: -5, y: -5, z: -2.6, w: 10, d: 10, h: 0.5 }, tones('#2b2947'), 38, 525) +
  times(16, (k) => {
    const [i, row] = [k % 4, Math.floor(k / 4)];
    const height = 1.2 + c.random() * (7 - (i + row) * 0.8);
    const building = isometricBox(
      { x: -4.6 + i * 2.4, y: -4.6 + row * 2.4, z: -2.1, w: 1.8, d: 1.8, h: height },
      (i + row) % 3 ? c.color : tones(mix(c.color.base, '#20203a', 0.5)),
      38,
      560,
    );
    return (
      building +
      isometricBox(
        { x: -4.2 + i * 2.4, y: -4.2 + row * 2.4, z: height - 2.1, w: 0.9, d: 0.9, h: 0.2 },
        c.accent,
        38,
        560,
      )
    );
  });

const pixels: Draw = (c) => {
  const sprite = [
    '..kkkk..',
    '.kccccK.',
    'kcwcwcck',
    'kcbcbcck',
    'kccccddk',
    '.kdddkk.',
    '.kaaaak.',
    'kaaaaaak',
    '.kk..kk.',
  ];
  const paint: Record<string, string> = {
    k: '#1a1526',
    K: '#1a1526',
    c: c.color.light,
    d: c.color.dark,
    w: '#ffffff',
    b: '#1a1526',
    a: c.accent.base,
  };
  const draw = (x: number, y: number, size: number) =>
    sprite
      .map((line, row) =>
        [...line]
          .map((cell, i) =>
            paint[cell] ? rect(x + i * size, y + row * size, size + 0.5, size + 0.5, 0, paint[cell] ?? '') : '',
          )
          .join(''),
      )
      .join('');
  return (
    times(
      20,
      (i) =>
        rect(i * 40, 680, 40, 40, 0, i % 2 ? '#4f8f4a' : '#5ba256') +
        rect(i * 40, 720, 40, 80, 0, i % 2 ? '#6b4a34' : '#745139'),
    ) +
    times(6, (i) => rect(60 + i * 120, 120 + (i % 3) * 40, 80, 24, 0, '#ffffff', 'opacity=".25"')) +
    draw(200, 230, 50) +
    times(3, (i) => rect(90 + i * 270, 600, 40, 40, 0, '#ffd75e') + rect(100 + i * 270, 610, 20, 20, 0, '#c9912a'))
  );
};

const tileset: Draw = (c) =>
  times(36, (i) => {
    const [x, y] = [(i % 6) * 100 + 100, Math.floor(i / 6) * 100 + 100];
    const kind = Math.floor(c.random() * 5);
    const ground = [tones('#5ba256'), tones('#3f8fd0'), c.color, tones('#c9a667'), c.accent][kind] ?? c.color;
    return (
      rect(x, y, 96, 96, 4, ground.base) +
      times(6, () =>
        rect(
          x + 6 + Math.floor(c.random() * 10) * 8,
          y + 6 + Math.floor(c.random() * 10) * 8,
          10,
          8,
          0,
          c.random() > 0.5 ? ground.light : ground.dark,
        ),
      ) +
      rect(x, y + 84, 96, 12, 0, ground.dark, 'opacity=".6"')
    );
  });

const motion: Draw = (c) =>
  times(4, (i) => {
    const swing = [-32, -10, 14, 34][i] ?? 0;
    const color = mix(c.color.darker, c.accent.light, i / 3);
    return group(
      circle(0, -150, 40, color) +
        stroke('M0-104V40', color, 36) +
        `<g transform="rotate(${swing} 0 -80)">${stroke('M0-84L-20 0l30 60', color, 24)}</g><g transform="rotate(${-swing} 0 -80)">${stroke('M0-84L20 0l30 50', color, 24)}</g>` +
        `<g transform="rotate(${-swing} 0 40)">${stroke('M0 40L-8 140l-16 90', color, 28)}</g><g transform="rotate(${swing} 0 40)">${stroke('M0 40L14 140l-4 90', color, 28)}</g>`,
      `translate(${160 + i * 160} 400)`,
      `opacity="${0.45 + i * 0.18}"`,
    );
  }) +
  stroke('M90 680q310-70 620 0', c.accent.base, 6, 'stroke-dasharray="4 18"') +
  times(4, (i) => circle(160 + i * 160, 668 - Math.sin((i + 0.7) * 0.8) * 16, 12, c.accent.base));

const gameScreen: Draw = (c) =>
  rect(70, 170, 660, 460, 40, '#171327', 'stroke="#ffffff30" stroke-width="3"') +
  rect(110, 200, 580, 400, 14, c.gradient(c.color.light, c.accent.lighter)) +
  circle(580, 280, 46, '#fff3b8') +
  path('M110 460l120-140 100 110 110-150 250 210v110H110z', c.color.dark, 'opacity=".55"') +
  rect(110, 520, 580, 80, 0, '#4f9d5d') +
  times(3, (i) => rect(200 + i * 150, 430 - i * 44, 110, 22, 6, '#7a5a40')) +
  times(3, (i) => circle(255 + i * 150, 400 - i * 44, 14, '#ffd75e', 'stroke="#c9912a" stroke-width="4"')) +
  rect(160, 452, 44, 68, 12, c.accent.dark) +
  circle(182, 440, 26, '#f0c39b') +
  times(3, (i) =>
    path(`M${140 + i * 44} 226q-18-16-18 4q4 16 18 26q14-10 18-26q0-20-18-4z`, i < 2 ? '#ef5d60' : '#ffffff66'),
  ) +
  rect(560, 222, 106, 22, 11, '#171327', 'opacity=".6"') +
  rect(564, 226, 66, 14, 7, '#5fe3a6');

/** Surfaces, sounds, tools and scenes: what games are made of besides props. */
export const surfaces = {
  bricks,
  planks,
  fabric,
  panels,
  ground,
  hexagons,
  sphere,
  flame,
  waveform,
  vinyl,
  nodes,
  interfaceKit,
  landscape,
  city,
  pixels,
  tileset,
  motion,
  gameScreen,
};

import {
  isometricBox as box,
  circle,
  type Draw,
  ellipse,
  isometric,
  path,
  rect,
  shadow,
  stroke,
  times,
  tones,
} from './canvas.ts';

const WOOD = tones('#9c6a3f');
const STEEL = tones('#7f8aa3');
const STONE = tones('#8a8f9e');
const LEAF = tones('#4f9d5d');
const EARTH = tones('#7a5a40');
const GOLD = tones('#e0ad3f');

/** Where a point lands, as text for path data. */
function at(x: number, y: number, z: number, scale = 40, originY = 520): string {
  const [px, py] = isometric(x, y, z, scale, originY);
  return `${px.toFixed(1)} ${py.toFixed(1)}`;
}

const crate: Draw = (c) => {
  const edge = 0.55;
  const plank = (i: number) =>
    box({ x: -3, y: -3, z: -1.2 + i * 1.2, w: 6, d: 6, h: 1.1 }, i % 2 ? WOOD : tones('#a9764a'), 40, 500);
  return (
    shadow(c, 680, 300) +
    times(5, plank) +
    [
      [2.5, 2.5],
      [-3.05, 2.5],
      [2.5, -3.05],
    ]
      .map(([x, y]) => box({ x: x ?? 0, y: y ?? 0, z: -1.2, w: edge, d: edge, h: 6 }, tones('#6d4527'), 40, 500))
      .join('') +
    box({ x: -3.1, y: -3.1, z: 4.7, w: 6.2, d: 6.2, h: 0.5 }, tones('#7c5230'), 40, 500) +
    path(
      `M${at(-2.2, -2.2, 5.2, 40, 500)}L${at(2.2, -2.2, 5.2, 40, 500)}L${at(2.2, 2.2, 5.2, 40, 500)}L${at(-2.2, 2.2, 5.2, 40, 500)}Z`,
      c.color.base,
      'opacity=".9"',
    ) +
    path(
      `M${at(-1, -1, 5.2, 40, 500)}L${at(1, -1, 5.2, 40, 500)}L${at(1, 1, 5.2, 40, 500)}L${at(-1, 1, 5.2, 40, 500)}Z`,
      c.accent.light,
    )
  );
};

const barrel: Draw = (c) =>
  shadow(c, 660, 220) +
  path('M240 220q-50 200 0 400q160 70 320 0q50-200 0-400z', c.gradient(WOOD.light, WOOD.darker, 80)) +
  times(7, (i) => stroke(`M${270 + i * 43} 216q${(i - 3) * 11} 200 0 410`, WOOD.darker, 4, 'opacity=".6"')) +
  [270, 400, 540]
    .map((y, i) =>
      stroke(
        `M${i === 1 ? 216 : 230} ${y}q${i === 1 ? 184 : 170} 74 ${i === 1 ? 368 : 340} 0`,
        i === 1 ? c.color.base : STEEL.dark,
        26,
      ),
    )
    .join('') +
  ellipse(400, 220, 162, 50, WOOD.dark) +
  ellipse(400, 220, 138, 40, WOOD.light) +
  times(4, (i) =>
    stroke(`M${310 + i * 56} ${196 - (i === 1 || i === 2 ? 8 : 0)}v${i === 1 || i === 2 ? 64 : 46}`, WOOD.dark, 4),
  ) +
  circle(400, 470, 24, c.accent.base);

const chest: Draw = (c) =>
  circle(400, 330, 240, c.glow('#ffe69a', '#ffe69a00'), 'opacity=".55"') +
  shadow(c, 660, 290) +
  path('M150 330q20-190 160-190h180q140 0 160 190z', c.gradient(WOOD.light, WOOD.darker)) +
  path('M190 330q20-140 130-140h160q110 0 130 140z', '#241509') +
  times(16, (i) =>
    circle(
      230 + c.random() * 340,
      300 + c.random() * 50,
      26,
      i % 2 ? GOLD.light : GOLD.base,
      `stroke="${GOLD.dark}" stroke-width="4"`,
    ),
  ) +
  path('M360 300l40-52 40 52-40 46z', c.accent.light) +
  rect(140, 350, 520, 280, 18, c.gradient(WOOD.base, WOOD.darker)) +
  times(3, (i) => rect(140, 420 + i * 68, 520, 6, 0, WOOD.darker)) +
  times(2, (i) => rect(i ? 556 : 196, 350, 48, 280, 0, c.gradient(GOLD.light, GOLD.dark))) +
  rect(140, 350, 520, 34, 8, GOLD.base) +
  rect(358, 366, 84, 96, 14, GOLD.light) +
  circle(400, 406, 14, '#3b2308') +
  path('M392 410h16l6 34h-28z', '#3b2308');

const sword: Draw = (c) =>
  circle(400, 380, 300, c.glow(c.color.light, `${c.color.dark}00`), 'opacity=".35"') +
  `<g transform="rotate(38 400 400)">${
    path('M400 30l46 70v390h-92V100z', c.gradient('#f4f7fb', '#9fabc2', 90)) +
    path('M400 30v460h46V100z', '#8793ad') +
    path('M392 110h16v350h-16z', c.color.base) +
    times(4, (i) => path(`M400 ${160 + i * 76}l12 20-12 20-12-20z`, c.color.lighter)) +
    path('M250 486q150-40 300 0l-14 40q-136-30-272 0z', c.gradient(GOLD.light, GOLD.dark)) +
    rect(374, 520, 52, 150, 16, '#4a2a1b') +
    times(5, (i) => stroke(`M374 ${542 + i * 26}l52 12`, GOLD.base, 6)) +
    circle(400, 700, 40, c.gradient(GOLD.light, GOLD.dark)) +
    circle(400, 700, 20, c.accent.base)
  }</g>`;

const axe: Draw = (c) =>
  `<g transform="rotate(24 400 400)">${
    rect(380, 110, 40, 590, 18, c.gradient(WOOD.light, WOOD.darker, 90)) +
    times(6, (i) => rect(376, 540 + i * 24, 48, 10, 5, '#3a2417')) +
    path('M400 150q150-70 240 20q-60 80-40 170q-90 30-200-30z', c.gradient('#f1f4f9', STEEL.dark, 60)) +
    path('M640 170q-60 80-40 170l-36 6q-14-100 34-186z', '#ffffff', 'opacity=".75"') +
    path('M400 150q-90-30-150 30q40 60 26 130q60 20 124-10z', c.gradient(STEEL.light, STEEL.darker)) +
    path('M430 200q60-10 100 14q-20 40-12 80q-50 10-88-14z', c.color.base) +
    rect(370, 140, 60, 180, 12, STEEL.darker) +
    circle(400, 230, 18, c.accent.base)
  }</g>`;

const tree: Draw = (c) =>
  shadow(c, 690, 220) +
  box({ x: -3.4, y: -3.4, z: -2.2, w: 6.8, d: 6.8, h: 1 }, LEAF, 40, 515) +
  box({ x: -3.4, y: -3.4, z: -3.6, w: 6.8, d: 6.8, h: 1.4 }, EARTH, 40, 515) +
  box({ x: -3.4, y: -3.4, z: -2.2, w: 6.8, d: 6.8, h: 0.7 }, LEAF, 40, 515) +
  box({ x: -0.6, y: -0.6, z: -1.5, w: 1.2, d: 1.2, h: 3 }, WOOD, 40, 515) +
  box({ x: -2.4, y: -2.4, z: 1.4, w: 4.8, d: 4.8, h: 2.4 }, c.color, 40, 515) +
  box({ x: -1.8, y: -1.8, z: 3.8, w: 3.6, d: 3.6, h: 2.2 }, tones(c.color.light), 40, 515) +
  box({ x: -1, y: -1, z: 6, w: 2, d: 2, h: 1.6 }, c.accent, 40, 515) +
  box({ x: 2, y: 1.4, z: -1.5, w: 0.7, d: 0.7, h: 0.8 }, STONE, 40, 515) +
  box({ x: -2.8, y: 2.2, z: -1.5, w: 0.5, d: 0.5, h: 0.6 }, c.accent, 40, 515);

const rocks: Draw = (c) => {
  const crystal = (x: number, y: number, height: number, width: number) =>
    path(`M${x} ${y - height}l${width} ${height * 0.28}v${height * 0.72}l${-width} 24z`, c.color.dark) +
    path(`M${x} ${y - height}l${-width} ${height * 0.28}v${height * 0.72}l${width} 24z`, c.color.light) +
    path(
      `M${x} ${y - height}l${width * 0.3} ${height * 0.34}L${x} ${y + 20}l${-width * 0.3} ${-height * 0.6}z`,
      c.color.lighter,
      'opacity=".8"',
    );
  return (
    circle(400, 420, 300, c.glow(c.color.light, `${c.color.base}00`), 'opacity=".4"') +
    shadow(c, 670, 270) +
    crystal(300, 600, 240, 46) +
    crystal(510, 600, 300, 52) +
    crystal(400, 620, 450, 72) +
    crystal(226, 630, 130, 34) +
    crystal(588, 634, 150, 36) +
    path('M150 640q40-60 110-40t120-6t110 4t160 42q-40 46-250 46T150 640z', c.gradient(STONE.base, STONE.darker))
  );
};

const house: Draw = (c) => {
  const s = 40;
  const o = 560;
  const roof = (a: string, b: string, d: string, fill: string) => path(`M${a}L${b}L${d}Z`, fill);
  return (
    shadow(c, 690, 280) +
    box({ x: -4, y: -4, z: -2.4, w: 8, d: 8, h: 0.7 }, LEAF, s, o) +
    box({ x: -2.6, y: -2.6, z: -1.7, w: 5.2, d: 5.2, h: 3.8 }, tones('#e9dcc3'), s, o) +
    box({ x: 1.2, y: -2.2, z: 3.4, w: 0.9, d: 0.9, h: 3 }, tones('#a2543f'), s, o) +
    path(
      `M${at(-3, -3, 2, s, o)}L${at(0, -3, 5.2, s, o)}L${at(0, 3, 5.2, s, o)}L${at(-3, 3, 2, s, o)}Z`,
      c.color.light,
    ) +
    path(`M${at(3, -3, 2, s, o)}L${at(0, -3, 5.2, s, o)}L${at(0, 3, 5.2, s, o)}L${at(3, 3, 2, s, o)}Z`, c.color.base) +
    roof(at(-2.6, 2.6, 2.1, s, o), at(2.6, 2.6, 2.1, s, o), at(0, 2.6, 4.9, s, o), '#d9c9a8') +
    path(
      `M${at(-3, 3, 2, s, o)}L${at(0, 3, 5.2, s, o)}L${at(3, 3, 2, s, o)}L${at(3, 3, 1.6, s, o)}L${at(0, 3, 4.7, s, o)}L${at(-3, 3, 1.6, s, o)}Z`,
      c.color.dark,
    ) +
    path(
      `M${at(-0.7, 2.6, -1.7, s, o)}L${at(0.7, 2.6, -1.7, s, o)}L${at(0.7, 2.6, 0.7, s, o)}L${at(-0.7, 2.6, 0.7, s, o)}Z`,
      WOOD.dark,
    ) +
    [-2, 1.2]
      .map((x) =>
        path(
          `M${at(x, 2.6, -0.3, s, o)}L${at(x + 0.9, 2.6, -0.3, s, o)}L${at(x + 0.9, 2.6, 1, s, o)}L${at(x, 2.6, 1, s, o)}Z`,
          '#ffdf8a',
        ),
      )
      .join('') +
    [-1.6, 0.6]
      .map((y) =>
        path(
          `M${at(2.6, y, -0.3, s, o)}L${at(2.6, y + 1, -0.3, s, o)}L${at(2.6, y + 1, 1, s, o)}L${at(2.6, y, 1, s, o)}Z`,
          '#f0c768',
        ),
      )
      .join('') +
    box({ x: 2.9, y: 2.9, z: -1.7, w: 0.8, d: 0.8, h: 0.9 }, c.accent, s, o)
  );
};

const castle: Draw = (c) => {
  const s = 34;
  const o = 560;
  const tower = (x: number, y: number, h: number) =>
    box({ x, y, z: -2, w: 2, d: 2, h }, STONE, s, o) +
    box({ x: x - 0.2, y: y - 0.2, z: h - 2, w: 2.4, d: 2.4, h: 0.6 }, tones('#9ba0b0'), s, o) +
    path(
      `M${at(x - 0.2, y + 2.2, h - 1.4, s, o)}L${at(x + 2.2, y + 2.2, h - 1.4, s, o)}L${at(x + 1, y + 1, h + 2, s, o)}Z`,
      c.color.base,
    ) +
    path(
      `M${at(x + 2.2, y - 0.2, h - 1.4, s, o)}L${at(x + 2.2, y + 2.2, h - 1.4, s, o)}L${at(x + 1, y + 1, h + 2, s, o)}Z`,
      c.color.dark,
    );
  return (
    shadow(c, 690, 300) +
    box({ x: -5, y: -5, z: -2.8, w: 10, d: 10, h: 0.8 }, LEAF, s, o) +
    tower(-4, -4, 7) +
    box({ x: -3.4, y: -3.4, z: -2, w: 6.8, d: 6.8, h: 3.6 }, tones('#9a9fae'), s, o) +
    box({ x: -1.5, y: -1.5, z: 1.6, w: 3, d: 3, h: 3.2 }, STONE, s, o) +
    path(`M${at(-1.7, 1.7, 4.8, s, o)}L${at(1.7, 1.7, 4.8, s, o)}L${at(0, 0, 8.6, s, o)}Z`, c.color.base) +
    path(`M${at(1.7, -1.7, 4.8, s, o)}L${at(1.7, 1.7, 4.8, s, o)}L${at(0, 0, 8.6, s, o)}Z`, c.color.dark) +
    tower(2, -4, 6) +
    tower(-4, 2, 6) +
    tower(2, 2, 5) +
    path(
      `M${at(-0.9, 3.4, -2, s, o)}L${at(0.9, 3.4, -2, s, o)}L${at(0.9, 3.4, 0, s, o)}L${at(0, 3.4, 0.8, s, o)}L${at(-0.9, 3.4, 0, s, o)}Z`,
      '#3a2417',
    ) +
    stroke(`M${at(0, 0, 8.6, s, o)}v-60`, '#e6e9f0', 4) +
    path(`M${at(0, 0, 10.2, s, o)}l44 12-44 16z`, c.accent.base)
  );
};

const vehicle: Draw = (c) => {
  const s = 44;
  const o = 520;
  const wheelAt = (x: number, y: number) => {
    const [px, py] = isometric(x, y, -0.9, s, o);
    return ellipse(px, py, 34, 46, '#14161e', 'transform-origin="center"') + ellipse(px - 3, py, 18, 26, '#aab2c2');
  };
  return (
    shadow(c, 640, 320) +
    box({ x: -4, y: -2, z: -1, w: 8, d: 4, h: 1.6 }, c.color, s, o) +
    box({ x: -2.6, y: -1.7, z: 0.6, w: 4, d: 3.4, h: 1.5 }, tones('#28324a'), s, o) +
    box({ x: -2.5, y: -1.8, z: 2, w: 3.8, d: 3.6, h: 0.35 }, c.color, s, o) +
    path(
      `M${at(-2.2, 1.7, 0.8, s, o)}L${at(-0.8, 1.7, 0.8, s, o)}L${at(-0.8, 1.7, 1.9, s, o)}L${at(-2.2, 1.7, 1.9, s, o)}Z`,
      '#9fd4ee',
    ) +
    path(
      `M${at(-0.5, 1.7, 0.8, s, o)}L${at(1.1, 1.7, 0.8, s, o)}L${at(1.1, 1.7, 1.9, s, o)}L${at(-0.5, 1.7, 1.9, s, o)}Z`,
      '#8cc6e4',
    ) +
    path(
      `M${at(1.4, -1.4, 0.8, s, o)}L${at(1.4, 1.4, 0.8, s, o)}L${at(1.4, 1.4, 1.9, s, o)}L${at(1.4, -1.4, 1.9, s, o)}Z`,
      '#6ba9cc',
    ) +
    path(
      `M${at(-4, 0.5, 0.61, s, o)}L${at(4, 0.5, 0.61, s, o)}L${at(4, -0.3, 0.61, s, o)}L${at(-4, -0.3, 0.61, s, o)}Z`,
      c.accent.base,
      'opacity=".0"',
    ) +
    path(
      `M${at(-4, 2, 0.1, s, o)}L${at(4, 2, 0.1, s, o)}L${at(4, 2, -0.3, s, o)}L${at(-4, 2, -0.3, s, o)}Z`,
      c.accent.base,
    ) +
    [-1.5, 1]
      .map((y) =>
        path(
          `M${at(4, y, 0, s, o)}L${at(4, y + 0.7, 0, s, o)}L${at(4, y + 0.7, 0.4, s, o)}L${at(4, y, 0.4, s, o)}Z`,
          '#fff1b8',
        ),
      )
      .join('') +
    wheelAt(-2.6, 2) +
    wheelAt(2.6, 2)
  );
};

const robot: Draw = (c) => {
  const s = 40;
  const o = 560;
  return (
    shadow(c, 690, 220) +
    box({ x: -1.4, y: -0.7, z: -2.6, w: 1, d: 1.4, h: 2.6 }, STEEL, s, o) +
    box({ x: 0.4, y: -0.7, z: -2.6, w: 1, d: 1.4, h: 2.6 }, STEEL, s, o) +
    box({ x: -3, y: -0.6, z: 0.6, w: 1, d: 1.2, h: 3 }, c.color, s, o) +
    box({ x: -2, y: -1.3, z: 0, w: 4, d: 2.6, h: 4 }, c.color, s, o) +
    path(
      `M${at(-1.2, 1.3, 1, s, o)}L${at(1.2, 1.3, 1, s, o)}L${at(1.2, 1.3, 3, s, o)}L${at(-1.2, 1.3, 3, s, o)}Z`,
      '#131825',
    ) +
    times(3, (i) => path(`M${at(-0.9 + i * 0.7, 1.3, 1.3, s, o)}l${16} 9v${-(20 + i * 22)}l-16-9z`, c.accent.light)) +
    box({ x: 2.1, y: -0.6, z: 0.6, w: 1, d: 1.2, h: 3 }, c.color, s, o) +
    box({ x: -1.5, y: -1.2, z: 4.3, w: 3, d: 2.4, h: 2.4 }, tones('#d7dce6'), s, o) +
    path(
      `M${at(-1.2, 1.2, 5, s, o)}L${at(1.2, 1.2, 5, s, o)}L${at(1.2, 1.2, 6.2, s, o)}L${at(-1.2, 1.2, 6.2, s, o)}Z`,
      '#131825',
    ) +
    [-0.6, 0.5].map((x) => circle(...isometric(x, 1.2, 5.6, s, o), 13, c.accent.light)).join('') +
    stroke(`M${at(0, 0, 6.7, s, o)}v-46`, STEEL.light, 7) +
    circle(400, isometric(0, 0, 6.7, s, o)[1] - 54, 15, c.accent.base)
  );
};

const spaceship: Draw = (c) =>
  times(40, () => circle(c.random() * 800, c.random() * 800, 1 + c.random() * 3, '#ffffff', 'opacity=".8"')) +
  `<g transform="rotate(32 400 400)">${
    path('M350 640q50 150 100 0z', c.gradient('#fff3c4', '#ff8a3c')) +
    path('M370 640q30 90 60 0z', '#ffffff') +
    path('M310 420L150 600l20 60 160-60zM490 420l160 180-20 60-160-60z', c.gradient(c.accent.light, c.accent.dark)) +
    path('M400 70q110 130 100 400l-30 170H330l-30-170q-10-270 100-400z', c.gradient('#f4f6fb', '#9ca8c0', 90)) +
    path('M400 70q52 60 78 150H322q26-90 78-150z', c.color.base) +
    ellipse(400, 320, 52, 74, '#152039') +
    ellipse(400, 320, 42, 62, c.glow('#8fe7ff', '#16365e', 0.35, 0.3)) +
    rect(318, 480, 164, 16, 6, c.color.base) +
    rect(360, 626, 80, 30, 8, '#3a4356')
  }</g>`;

const character: Draw = (c) =>
  shadow(c, 700, 180) +
  path('M300 330q-40 200-70 330l160-30 180 40q-20-200-70-340z', c.gradient(c.accent.base, c.accent.darker)) +
  rect(330, 540, 56, 150, 18, '#3b2c25') +
  rect(414, 540, 56, 150, 18, '#3b2c25') +
  path('M310 340h180l20 220H290z', c.gradient(c.color.light, c.color.dark)) +
  rect(296, 470, 208, 30, 10, '#4a2f1d') +
  rect(382, 464, 38, 42, 8, GOLD.base) +
  `<g transform="rotate(16 300 350)">${rect(254, 340, 60, 170, 28, c.color.dark) + circle(284, 516, 30, '#e8b88f')}</g>` +
  `<g transform="rotate(-28 500 350)">${rect(486, 340, 60, 170, 28, c.color.dark) + circle(516, 516, 30, '#e8b88f') + rect(506, 240, 16, 420, 8, WOOD.base) + circle(514, 232, 34, c.glow('#ffffff', c.accent.light))}</g>` +
  circle(400, 240, 96, '#f0c39b') +
  path('M296 250q-20-140 104-150t106 146q-30-60-80-70q-80 40-130 74z', '#4d2f20') +
  circle(366, 252, 11, '#1c1a22') +
  circle(434, 252, 11, '#1c1a22') +
  stroke('M378 292q22 18 44 0', '#a35b45', 7);

const creature: Draw = (c) =>
  shadow(c, 672, 260) +
  path('M560 560q160 20 150-120q-40 50-110 20z', c.color.dark) +
  path(
    'M220 420q-110-40-120-150q80-10 170 80zM580 420q110-40 120-150q-80-10-170 80z',
    c.gradient(c.accent.light, c.accent.dark),
  ) +
  path('M210 480q0-240 190-240t190 240q10 180-190 180T210 480z', c.gradient(c.color.light, c.color.dark)) +
  path('M290 540q0-120 110-120t110 120q0 100-110 100T290 540z', c.color.lighter) +
  times(3, (i) => stroke(`M320 ${500 + i * 44}q80 30 160 0`, c.color.light, 8)) +
  path('M290 280l-40-120 90 70zM510 280l40-120-90 70z', '#f3e6c4') +
  times(
    2,
    (i) =>
      circle(i ? 466 : 334, 360, 50, '#ffffff') +
      circle(i ? 458 : 342, 366, 26, c.accent.dark) +
      circle(i ? 452 : 336, 356, 9, '#ffffff'),
  ) +
  path('M350 440q50 34 100 0l-14 26-18-10-18 18-18-18-18 10z', '#2b1420') +
  times(2, (i) => ellipse(i ? 480 : 320, 652, 56, 24, c.color.base));

/** Game props in the low-poly manner. */
export const props = {
  crate,
  barrel,
  chest,
  sword,
  axe,
  tree,
  rocks,
  house,
  castle,
  vehicle,
  robot,
  spaceship,
  character,
  creature,
};

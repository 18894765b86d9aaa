import { circle, type Draw, ellipse, group, path, rect, shadow, stroke, times } from './canvas.ts';

const WOOD = '#b07a4a';
const WOOD_DARK = '#7c5230';

const armchair: Draw = (c) =>
  shadow(c, 662, 270) +
  times(2, (i) => path(`M${i ? 560 : 212} 580h28l${i ? 16 : -16} 78h-18z`, WOOD_DARK)) +
  rect(220, 180, 360, 330, 80, c.gradient(c.color.light, c.color.dark)) +
  rect(250, 210, 300, 250, 60, c.gradient(c.color.base, c.color.dark), 'opacity=".7"') +
  times(6, (i) => circle(310 + (i % 3) * 90, 280 + Math.floor(i / 3) * 80, 7, c.color.darker)) +
  rect(230, 430, 340, 100, 40, c.gradient(c.color.lighter, c.color.base)) +
  rect(160, 380, 110, 220, 54, c.gradient(c.color.light, c.color.dark)) +
  rect(530, 380, 110, 220, 54, c.gradient(c.color.light, c.color.dark)) +
  rect(240, 508, 320, 84, 20, c.color.dark);

const sofa: Draw = (c) =>
  shadow(c, 630, 350) +
  times(2, (i) => rect(i ? 620 : 150, 580, 28, 46, 6, WOOD_DARK)) +
  rect(130, 260, 540, 230, 50, c.gradient(c.color.light, c.color.dark)) +
  rect(398, 280, 5, 160, 2, c.color.darker, 'opacity=".5"') +
  rect(150, 420, 250, 100, 30, c.gradient(c.color.lighter, c.color.base)) +
  rect(402, 420, 250, 100, 30, c.gradient(c.color.lighter, c.color.base)) +
  rect(84, 350, 104, 240, 50, c.gradient(c.color.light, c.color.dark)) +
  rect(612, 350, 104, 240, 50, c.gradient(c.color.light, c.color.dark)) +
  rect(150, 510, 500, 80, 16, c.color.dark) +
  rect(196, 318, 120, 112, 22, c.gradient(c.accent.light, c.accent.dark), 'transform="rotate(-9 256 374)"');

const chair: Draw = (c) =>
  shadow(c, 668, 190) +
  times(2, (i) => path(`M${i ? 510 : 276} 440h24l${i ? 26 : -26} 222h-20z`, WOOD)) +
  times(2, (i) => path(`M${i ? 476 : 306} 450h18l${i ? 10 : -10} 180h-16z`, WOOD_DARK)) +
  path('M268 150q132-36 264 0l-18 270H286z', c.gradient(c.color.light, c.color.dark)) +
  times(5, (i) => rect(304 + i * 42, 176, 24, 220, 12, c.color.darker, 'opacity=".28"')) +
  path('M252 410h296l22 52q4 14-14 14H244q-18 0-14-14z', c.gradient(c.color.lighter, c.color.base));

const table: Draw = (c) =>
  shadow(c, 650, 320) +
  times(2, (i) => path(`M${i ? 600 : 172} 420h28l${i ? 22 : -22} 226h-22z`, c.color.darker)) +
  times(2, (i) => path(`M${i ? 536 : 244} 420h20l${i ? 10 : -10} 180h-18z`, c.color.dark)) +
  rect(120, 380, 560, 44, 16, c.gradient(c.color.light, c.color.dark)) +
  ellipse(400, 384, 278, 30, c.gradient(c.color.lighter, c.color.light)) +
  times(4, (i) =>
    stroke(`M${190 + i * 40} ${376 + i * 4}q180 ${-10 + i * 4} 330 4`, c.color.dark, 2.5, 'opacity=".3"'),
  ) +
  path('M360 384q-24-70 6-100h68q30 30 6 100z', c.gradient(c.accent.light, c.accent.dark)) +
  times(5, (i) =>
    path(
      'M400 290q-40-70 0-140q40 70 0 140z',
      ['#5c9a63', '#79b47f', '#3f7f4c', '#8cc492', '#4d8c58'][i] ?? WOOD,
      `transform="rotate(${-56 + i * 28} 400 290)"`,
    ),
  );

const shelf: Draw = (c) =>
  shadow(c, 676, 230) +
  rect(220, 120, 360, 550, 12, c.color.dark) +
  times(
    4,
    (row) =>
      rect(238, 138 + row * 132, 324, 116, 4, c.color.darker) +
      times(5, (i) => {
        const height = 60 + c.random() * 44;
        const fill = [c.accent.base, c.color.lighter, c.accent.light, '#e9e2d4', c.accent.dark][(i + row) % 5] ?? WOOD;
        return row === 2 && i > 2 ? '' : rect(250 + i * 36, 254 + row * 132 - height, 30, height, 4, fill);
      }) +
      (row % 2
        ? circle(500, 214 + row * 132, 36, c.accent.lighter)
        : path(`M480 ${254 + row * 132}l8-64h44l8 64z`, '#d9cdb8')),
  );

const lamp: Draw = (c) =>
  circle(400, 300, 260, c.glow('#fff2c4', '#fff2c400'), 'opacity=".75"') +
  shadow(c, 664, 180) +
  ellipse(400, 646, 110, 22, c.gradient(c.accent.light, c.accent.dark)) +
  path('M388 400h24v240h-24z', c.gradient(c.accent.light, c.accent.dark, 90)) +
  circle(400, 520, 26, c.accent.base) +
  path('M300 170h200l90 240H210z', c.gradient(c.color.lighter, c.color.base)) +
  ellipse(400, 410, 190, 26, '#fff4cf') +
  times(7, (i) => stroke(`M${310 + i * 30} 172L${230 + i * 57} 406`, c.color.dark, 2.5, 'opacity=".28"'));

const mug: Draw = (c) =>
  shadow(c, 626, 240) +
  stroke('M530 330c140-20 140 180-6 190', c.color.dark, 40) +
  stroke('M530 330c140-20 140 180-6 190', c.color.base, 26) +
  path('M226 250h330l-22 300q-8 70-80 70H328q-72 0-80-70z', c.gradient(c.color.light, c.color.dark, -70)) +
  path('M236 400q80-40 155 0t155 0l-10 120q-150 40-290 0z', c.accent.base, 'opacity=".85"') +
  times(6, (i) => circle(272 + i * 48, 460 + (i % 2) * 14, 13, c.accent.lighter)) +
  ellipse(391, 252, 165, 36, c.color.lighter) +
  ellipse(391, 256, 142, 27, '#4a2c1a') +
  times(3, (i) => stroke(`M${330 + i * 60} 200q-24-34 0-66t0-62`, '#ffffff', 9, 'opacity=".55"'));

const pot: Draw = (c) =>
  shadow(c, 620, 290) +
  rect(96, 376, 110, 36, 18, '#2c313d') +
  rect(594, 376, 110, 36, 18, '#2c313d') +
  path('M180 330h440v190q0 90-90 90H270q-90 0-90-90z', c.gradient(c.color.light, c.color.dark, -70)) +
  rect(168, 312, 464, 34, 17, c.color.darker) +
  path('M190 312q20-110 210-110t210 110z', c.gradient(c.color.lighter, c.color.base)) +
  rect(376, 156, 48, 50, 20, '#2c313d') +
  path('M222 370q-14 120 20 190', 'none', 'stroke="#ffffff" stroke-width="18" opacity=".35" stroke-linecap="round"');

const plate: Draw = (c) =>
  shadow(c, 668, 260) +
  circle(400, 400, 262, c.color.lighter) +
  circle(400, 400, 250, '#fdfaf3') +
  circle(400, 400, 236, 'none', `stroke="${c.color.base}" stroke-width="12"`) +
  times(16, (i) =>
    group(
      path('M400 196q22 24 0 50q-22-26 0-50z', i % 2 ? c.accent.base : c.color.base) +
        circle(400, 262, 7, c.accent.dark),
      `rotate(${i * 22.5} 400 400)`,
    ),
  ) +
  circle(400, 400, 122, 'none', `stroke="${c.color.dark}" stroke-width="6"`) +
  times(8, (i) =>
    path(
      'M400 400q40-60 0-108q-40 48 0 108z',
      i % 2 ? c.color.base : c.accent.base,
      `transform="rotate(${i * 45} 400 400)" opacity=".92"`,
    ),
  ) +
  circle(400, 400, 26, c.accent.light);

const vase: Draw = (c) =>
  shadow(c, 662, 190) +
  times(7, (i) =>
    group(
      stroke('M400 300q-6-90 4-180', '#5e8b5a', 7) +
        (i % 2
          ? circle(404, 118, 24, c.accent.base) + circle(404, 118, 10, c.accent.darker)
          : path('M404 130q-34-40 0-90q34 50 0 90z', '#7fae78')),
      `rotate(${-42 + i * 14} 400 330)`,
    ),
  ) +
  path(
    'M352 290h96q0 46 40 88q66 66 40 170q-26 104-128 104T272 548q-26-104 40-170q40-42 40-88z',
    c.gradient(c.color.light, c.color.dark, -60),
  ) +
  path('M276 470q124 44 248 0l6 40q-130 48-260 0z', c.color.lighter, 'opacity=".8"') +
  times(7, (i) => path(`M${298 + i * 34} ${508 + (3 - Math.abs(3 - i)) * 5}l14-22l14 22z`, c.color.dark)) +
  ellipse(400, 290, 50, 12, c.color.darker);

const plant: Draw = (c) =>
  shadow(c, 668, 190) +
  times(9, (i) => {
    const angle = -72 + i * 18;
    const green = ['#2f6b45', '#3f8757', '#58a26c', '#79bb85'][i % 4] ?? '#3f8757';
    return group(
      path('M400 470C330 380 330 240 400 130C470 240 470 380 400 470z', green) +
        stroke('M400 460V160', '#e4f3df', 4, 'opacity=".5"'),
      `rotate(${angle} 400 480) scale(${0.82 + (i % 3) * 0.09}) translate(${(0.18 - (i % 3) * 0.09) * 300} 100)`,
    );
  }) +
  path('M270 470h260l-30 150q-6 40-46 40H346q-40 0-46-40z', c.gradient(c.color.light, c.color.dark, -60)) +
  rect(256, 452, 288, 46, 14, c.gradient(c.color.lighter, c.color.base));

const rug: Draw = (c) =>
  group(
    rect(180, 130, 440, 540, 6, c.color.base) +
      times(22, (i) => stroke(`M${190 + i * 20} 670v26M${190 + i * 20} 104v26`, '#f2e8d5', 6)) +
      rect(204, 154, 392, 492, 4, 'none', `stroke="${c.accent.light}" stroke-width="12"`) +
      times(5, (row) =>
        times(3, (i) =>
          group(
            path('M0-44L44 0L0 44L-44 0z', (row + i) % 2 ? c.accent.base : c.color.darker) +
              path('M0-24L24 0L0 24L-24 0z', c.color.lighter) +
              path('M0-10L10 0L0 10L-10 0z', c.accent.dark),
            `translate(${280 + i * 120} ${212 + row * 94})`,
          ),
        ),
      ),
    'rotate(-8 400 400)',
  );

const bed: Draw = (c) =>
  shadow(c, 640, 340) +
  rect(110, 200, 580, 260, 36, c.gradient(WOOD, WOOD_DARK)) +
  rect(120, 430, 560, 170, 20, '#efe9dd') +
  times(2, (i) => rect(i ? 420 : 180, 330, 200, 110, 40, c.gradient('#ffffff', '#dfe3e8'))) +
  path('M110 450q290-46 580 0v130q0 36-36 36H146q-36 0-36-36z', c.gradient(c.color.light, c.color.dark)) +
  path('M110 450q290-46 580 0v38q-290-46-580 0z', c.color.lighter) +
  times(6, (i) => stroke(`M${190 + i * 84} 490q-10 60 6 120`, c.color.darker, 4, 'opacity=".25"'));

/** Things that stand at home. */
export const home = { armchair, sofa, chair, table, shelf, lamp, mug, pot, plate, vase, plant, rug, bed };

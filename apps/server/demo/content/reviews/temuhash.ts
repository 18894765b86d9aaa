import type { DemoReviews } from './types.ts';

export const temuhashReviews: DemoReviews = {
  'ironquill-forge': [
    {
      of: 'supply-crate-pack',
      stars: 5,
      text: 'Clean topology, one material for the whole pack, and the pivots are where you would put them yourself. Dropped straight into our loading dock scene.',
    },
    { of: 'treasure-chest', stars: 4, text: 'Lovely lid animation. I had to rename two bones for our rig.' },
    { of: 'old-town-bricks', stars: 5, text: 'Tiles without a seam even at 8×. The height map is real, not guessed.' },
    {
      of: 'blades-and-shields',
      stars: 5,
      text: 'Exactly the weight I wanted. Ten variations of each hit, so it never drones.',
    },
    { of: 'behavior-weaver', stars: 4 },
  ],
  'tessera-lab': [
    {
      of: 'supply-crate-pack',
      stars: 4,
      text: 'Good value. Texel density differs a little between the small and the large crates.',
    },
    {
      of: 'storybook-cottage-kit',
      stars: 5,
      text: 'We built a whole village in an afternoon. Modular in the way the word was meant.',
    },
    {
      of: 'clearwater',
      stars: 5,
      text: 'Foam at the shoreline, no flicker, and 0.6 ms on a laptop. I read the code and learned something.',
    },
    {
      of: 'hud-kit-aurora',
      stars: 3,
      text: 'Pretty, but the font atlas had no Polish letters when I bought it.',
      reply: 'Fair point. Version 1.1 will carry Latin Extended and Cyrillic; you get it for free.',
    },
  ],
  'low-tide-audio': [
    {
      of: 'treasure-chest',
      stars: 5,
      text: 'The hinge even has a marker in the timeline for the creak. Somebody thought of us sound people.',
    },
    { of: 'storybook-cottage-kit', stars: 5 },
    {
      of: 'questline-dialogue',
      stars: 5,
      text: 'Voice lines hang on nodes, exports to CSV for the studio. Saved us a week.',
    },
    { of: 'orchard-heroes', stars: 4, text: 'Charming sprites. A run-and-attack frame is missing for the archer.' },
  ],
  'glasshouse-shaders': [
    { of: 'supply-crate-pack', stars: 5 },
    {
      of: 'crystal-caves',
      stars: 5,
      text: 'Vertex colors are set up for masking, so my own shader went on without a single edit.',
    },
    { of: 'forest-floor-scans', stars: 4, text: 'Great scans. Two of the sixteen are a bit dark and want a curve.' },
    {
      of: 'interface-clicks',
      stars: 5,
      text: 'Named so well that I found the right one without listening to all 400.',
    },
    {
      of: 'isle-generator',
      stars: 2,
      text: 'Nice islands, but it throws on Apple silicon and there is no log.',
      reply: 'Found it: a compute shader limit on Metal. A fix is in review, and I have written to you.',
    },
  ],
  nodewright: [
    {
      of: 'mountain-keep',
      stars: 5,
      text: 'Walls snap to a 2 m grid, LODs are in, the gate opens. What more could one want.',
    },
    {
      of: 'clearwater',
      stars: 4,
      text: 'Best water at this price. Documentation could say more about the reflection probe.',
    },
    { of: 'interface-clicks', stars: 5 },
    { of: 'dungeon-icons', stars: 5, text: '600 icons and not one filler. Sorted, tagged, and with a palette file.' },
  ],
  'pixel-orchard': [
    {
      of: 'supply-crate-pack',
      stars: 4,
      text: 'Used them as a base for pixel renders. Silhouettes read well even at 32 pixels.',
    },
    { of: 'mountain-keep', stars: 4 },
    {
      of: 'questline-dialogue',
      stars: 4,
      text: 'Solid. I miss undo in the graph view.',
      reply: 'Undo is on the list for the next release. Thank you for saying it kindly!',
    },
    { of: 'neon-drive', stars: 3, text: 'Good tracks, though two of them share nearly the same bass line.' },
  ],
};

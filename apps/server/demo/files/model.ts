import { seededRandom, tones } from '../art/canvas.ts';

type Point = readonly [number, number, number];

/** The six faces of a unit cube: a normal and four corners, counter-clockwise seen from outside. */
const FACES: readonly { readonly normal: Point; readonly corners: readonly Point[] }[] = [
  {
    normal: [1, 0, 0],
    corners: [
      [1, 0, 1],
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
    ],
  },
  {
    normal: [-1, 0, 0],
    corners: [
      [0, 0, 0],
      [0, 0, 1],
      [0, 1, 1],
      [0, 1, 0],
    ],
  },
  {
    normal: [0, 1, 0],
    corners: [
      [0, 1, 1],
      [1, 1, 1],
      [1, 1, 0],
      [0, 1, 0],
    ],
  },
  {
    normal: [0, -1, 0],
    corners: [
      [0, 0, 0],
      [1, 0, 0],
      [1, 0, 1],
      [0, 0, 1],
    ],
  },
  {
    normal: [0, 0, 1],
    corners: [
      [0, 0, 1],
      [1, 0, 1],
      [1, 1, 1],
      [0, 1, 1],
    ],
  },
  {
    normal: [0, 0, -1],
    corners: [
      [1, 0, 0],
      [0, 0, 0],
      [0, 1, 0],
      [1, 1, 0],
    ],
  },
];

/**
 * A small model as binary glTF 2.0 (https://registry.khronos.org/glTF/specs/2.0/glTF-2.0.html): a tower of voxels in
 * shades of one color, the same for the same seed. Opens in any engine.
 */
export function modelFile(name: string, color: string): Buffer {
  const random = seededRandom(name);
  const shades = Object.values(tones(color)).map((shade) =>
    [1, 3, 5].map((start) => (Number.parseInt(shade.slice(start, start + 2), 16) / 255) ** 2.2),
  );
  const positions: number[] = [];
  const normals: number[] = [];
  const colors: number[] = [];
  const indices: number[] = [];
  for (let level = 0; level < 5; level++) {
    const reach = Math.max(1, 3 - Math.floor(level / 2));
    for (let x = -reach; x <= reach; x++) {
      for (let z = -reach; z <= reach; z++) {
        if (level > 0 && random() < 0.2 + level * 0.12) continue;
        const shade = shades[Math.floor(random() * shades.length)] ?? [1, 1, 1];
        for (const { normal, corners } of FACES) {
          const first = positions.length / 3;
          for (const [cx, cy, cz] of corners) {
            positions.push(x + cx, level + cy, z + cz);
            normals.push(...normal);
            colors.push(...shade);
          }
          indices.push(first, first + 1, first + 2, first, first + 2, first + 3);
        }
      }
    }
  }
  return packGlb(name, { positions, normals, colors, indices });
}

type Mesh = { positions: number[]; normals: number[]; colors: number[]; indices: number[] };

function packGlb(name: string, { positions, normals, colors, indices }: Mesh): Buffer {
  const parts = [
    new Float32Array(positions),
    new Float32Array(normals),
    new Float32Array(colors),
    new Uint32Array(indices),
  ];
  const binary = Buffer.concat(parts.map((part) => Buffer.from(part.buffer)));
  const count = positions.length / 3;
  const axis = (offset: number) => positions.filter((_, i) => i % 3 === offset);
  const accessor = (bufferView: number, type: string) => ({ bufferView, componentType: 5126, count, type });
  let byteOffset = 0;
  const document = {
    asset: { version: '2.0', generator: 'Plaza demo' },
    scene: 0,
    scenes: [{ nodes: [0] }],
    nodes: [{ mesh: 0, name }],
    meshes: [{ name, primitives: [{ attributes: { POSITION: 0, NORMAL: 1, COLOR_0: 2 }, indices: 3, material: 0 }] }],
    materials: [{ name: 'painted', pbrMetallicRoughness: { metallicFactor: 0, roughnessFactor: 0.8 } }],
    accessors: [
      {
        ...accessor(0, 'VEC3'),
        min: [0, 1, 2].map((i) => Math.min(...axis(i))),
        max: [0, 1, 2].map((i) => Math.max(...axis(i))),
      },
      accessor(1, 'VEC3'),
      accessor(2, 'VEC3'),
      { bufferView: 3, componentType: 5125, count: indices.length, type: 'SCALAR' },
    ],
    bufferViews: parts.map((part, i) => {
      const view = { buffer: 0, byteOffset, byteLength: part.byteLength, target: i === 3 ? 34963 : 34962 };
      byteOffset += part.byteLength;
      return view;
    }),
    buffers: [{ byteLength: binary.length }],
  };
  const json = Buffer.from(JSON.stringify(document));
  return Buffer.concat([
    glbHeader(12 + 8 + padded(json.length) + 8 + padded(binary.length)),
    glbChunk(json, 0x4e4f534a, ' '),
    glbChunk(binary, 0x004e4942, '\0'),
  ]);
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function glbHeader(length: number): Buffer {
  const header = Buffer.alloc(12);
  header.write('glTF', 0, 'ascii');
  header.writeUInt32LE(2, 4);
  header.writeUInt32LE(length, 8);
  return header;
}

function glbChunk(content: Buffer, type: number, filler: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(padded(content.length), 0);
  head.writeUInt32LE(type, 4);
  return Buffer.concat([head, content, Buffer.alloc(padded(content.length) - content.length, filler)]);
}

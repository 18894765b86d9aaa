/** A kind of thing that people sell, with its names in three languages, the usual one first. */
export type Thing = {
  readonly key: string;
  /** Things of one family can stand for each other in need. */
  readonly family: string;
  readonly en: readonly string[];
  readonly es: readonly string[];
  readonly th: readonly string[];
  /** Sizes it comes in, and their unit; none for things of one size. */
  readonly sizes: readonly number[];
  readonly unit: Unit | null;
  /** What it can be made of. */
  readonly materials: readonly MaterialKey[];
  /** What it is used with: its name stands in the texts of accessories. */
  readonly partOf?: string;
};

export type Unit = 'ft' | 'in' | 'cm' | 'mm' | 'l' | 'w' | 'v' | 'gb' | 'oz' | 'lb' | 'ml';
export type MaterialKey = keyof typeof MATERIALS;
export type Language = 'en' | 'es' | 'th';

/** How a unit is written. */
export const UNITS: Readonly<Record<Unit, readonly string[]>> = {
  ft: ['ft', 'ft.', 'feet', 'foot', '-foot'],
  in: ['in', 'in.', 'inch', '"', '-inch'],
  cm: ['cm', 'cm'],
  mm: ['mm', 'mm'],
  l: ['l', 'liter', 'L'],
  w: ['w', 'watt', 'W', '-watt'],
  v: ['v', 'volt', 'V', '-volt'],
  gb: ['gb', 'GB'],
  oz: ['oz', 'oz.', 'ounce'],
  lb: ['lb', 'lb.', 'lbs', 'pound'],
  ml: ['ml', 'ml'],
};

export const COLORS = {
  black: ['black', 'negro', 'สีดำ'],
  white: ['white', 'blanco', 'สีขาว'],
  red: ['red', 'rojo', 'สีแดง'],
  blue: ['blue', 'azul', 'สีน้ำเงิน'],
  green: ['green', 'verde', 'สีเขียว'],
  gray: ['gray', 'gris', 'สีเทา'],
  beige: ['beige', 'beige', 'สีเบจ'],
  pink: ['pink', 'rosa', 'สีชมพู'],
  yellow: ['yellow', 'amarillo', 'สีเหลือง'],
} as const;

export const MATERIALS = {
  oak: ['oak', 'roble', 'ไม้โอ๊ค'],
  steel: ['stainless steel', 'acero inoxidable', 'สแตนเลส'],
  plastic: ['plastic', 'plástico', 'พลาสติก'],
  leather: ['leather', 'cuero', 'หนัง'],
  cotton: ['cotton', 'algodón', 'ผ้าฝ้าย'],
  glass: ['glass', 'vidrio', 'แก้ว'],
  bamboo: ['bamboo', 'bambú', 'ไม้ไผ่'],
  brass: ['brass', 'latón', 'ทองเหลือง'],
  rubber: ['rubber', 'goma', 'ยาง'],
  nylon: ['nylon', 'nailon', 'ไนลอน'],
  ceramic: ['ceramic', 'cerámica', 'เซรามิก'],
} as const;

export const FEATURES = {
  foldable: ['folding', 'plegable', 'พับได้'],
  waterproof: ['waterproof', 'impermeable', 'กันน้ำ'],
  wireless: ['wireless', 'inalámbrico', 'ไร้สาย'],
  adjustable: ['adjustable', 'ajustable', 'ปรับได้'],
  portable: ['portable', 'portátil', 'พกพา'],
  quiet: ['quiet', 'silencioso', 'เงียบ'],
  heavy: ['heavy duty', 'resistente', 'ทนทาน'],
  vintage: ['vintage', 'antiguo', 'วินเทจ'],
  rechargeable: ['rechargeable', 'recargable', 'ชาร์จได้'],
} as const;

export const BRANDS =
  'Norvik Tamsu Apex Korlan Hestia Brumo Velt Ostara Quill Summit Daiko Ferro Lumen Pinewood Zento'.split(' ');

const thing = (
  family: string,
  [en, es, th]: readonly [string, string, string],
  { sizes = [], unit = null, materials = [], partOf }: Partial<Pick<Thing, 'sizes' | 'unit' | 'materials' | 'partOf'>>,
): Thing => ({
  key: (en.split('|')[0] as string).replaceAll(' ', '-'),
  family,
  en: en.split('|'),
  es: es.split('|'),
  th: th.split('|'),
  sizes,
  unit,
  materials,
  ...(partOf === undefined ? {} : { partOf }),
});

/** The catalog's things. Names overlap on purpose, as they do in shops: lamp shades are no lamps. */
export const THINGS: readonly Thing[] = [
  thing(
    'lighting',
    ['desk lamp|reading lamp|table lamp', 'lámpara de escritorio|lámpara de mesa', 'โคมไฟตั้งโต๊ะ|โคมไฟอ่านหนังสือ'],
    { sizes: [5, 9, 12, 18], unit: 'w', materials: ['brass', 'steel', 'plastic'] },
  ),
  thing('lighting', ['floor lamp|standing lamp', 'lámpara de pie', 'โคมไฟตั้งพื้น'], {
    sizes: [9, 12, 40],
    unit: 'w',
    materials: ['brass', 'steel', 'bamboo'],
  }),
  thing('lighting', ['light bulb|led bulb', 'bombilla|foco led', 'หลอดไฟ'], {
    sizes: [5, 7, 9, 15, 60],
    unit: 'w',
    partOf: 'desk-lamp',
  }),
  thing('lighting', ['lamp shade|lampshade', 'pantalla de lámpara', 'โป๊ะโคม'], {
    sizes: [8, 10, 12, 14],
    unit: 'in',
    materials: ['cotton', 'glass'],
    partOf: 'floor-lamp',
  }),
  thing(
    'seating',
    ['office chair|desk chair|computer chair', 'silla de oficina|silla de escritorio', 'เก้าอี้สำนักงาน|เก้าอี้ทำงาน'],
    { materials: ['leather', 'nylon', 'plastic'] },
  ),
  thing('seating', ['dining chair|kitchen chair', 'silla de comedor', 'เก้าอี้ทานข้าว'], {
    materials: ['oak', 'plastic', 'steel'],
  }),
  thing('seating', ['bar stool|counter stool', 'taburete de bar', 'เก้าอี้บาร์'], {
    sizes: [24, 26, 30],
    unit: 'in',
    materials: ['oak', 'steel', 'leather'],
  }),
  thing('seating', ['couch|sofa|loveseat', 'sofá', 'โซฟา'], {
    sizes: [72, 84, 96],
    unit: 'in',
    materials: ['leather', 'cotton'],
  }),
  thing('covers', ['sofa cover|couch slipcover', 'funda de sofá|cubre sofá', 'ผ้าคลุมโซฟา'], {
    materials: ['cotton'],
    partOf: 'couch',
  }),
  thing('covers', ['seat cushion|chair pad', 'cojín de silla', 'เบาะรองนั่ง'], {
    sizes: [16, 18, 20],
    unit: 'in',
    materials: ['cotton', 'leather'],
    partOf: 'dining-chair',
  }),
  thing('tables', ['nightstand|night stand|bedside table', 'mesita de noche|mesa de noche', 'โต๊ะข้างเตียง'], {
    sizes: [16, 20, 24],
    unit: 'in',
    materials: ['oak', 'bamboo', 'glass'],
  }),
  thing('tables', ['coffee table', 'mesa de centro', 'โต๊ะกลาง'], {
    sizes: [36, 42, 48],
    unit: 'in',
    materials: ['oak', 'glass', 'steel'],
  }),
  thing('tables', ['standing desk|sit stand desk', 'escritorio elevable', 'โต๊ะปรับระดับ'], {
    sizes: [48, 55, 60],
    unit: 'in',
    materials: ['oak', 'bamboo', 'steel'],
  }),
  thing('storage', ['bookcase|book shelf|bookshelf', 'estantería|librero', 'ชั้นวางหนังสือ'], {
    sizes: [3, 5, 6],
    unit: 'ft',
    materials: ['oak', 'steel', 'bamboo'],
  }),
  thing('storage', ['storage box|storage bin', 'caja de almacenaje', 'กล่องเก็บของ'], {
    sizes: [10, 20, 50],
    unit: 'l',
    materials: ['plastic', 'cotton'],
  }),
  thing('cables', ['extension cord|power extension cable', 'alargador|extensión eléctrica', 'สายไฟต่อพ่วง|ปลั๊กพ่วง'], {
    sizes: [6, 10, 25, 50, 100],
    unit: 'ft',
    materials: ['rubber'],
  }),
  thing('cables', ['hdmi cable|hdmi cord', 'cable hdmi', 'สาย hdmi'], {
    sizes: [3, 6, 10, 15, 25],
    unit: 'ft',
    materials: ['nylon'],
  }),
  thing('cables', ['phone charger cable|usb c charging cable', 'cable cargador usb c', 'สายชาร์จโทรศัพท์'], {
    sizes: [3, 6, 10],
    unit: 'ft',
    materials: ['nylon', 'rubber'],
    partOf: 'phone',
  }),
  thing('phones', ['phone|smartphone|cell phone', 'teléfono móvil|celular', 'โทรศัพท์มือถือ|มือถือ'], {
    sizes: [64, 128, 256],
    unit: 'gb',
  }),
  thing('phones', ['phone case|phone cover', 'funda de teléfono|carcasa de móvil', 'เคสโทรศัพท์'], {
    materials: ['leather', 'rubber', 'plastic'],
    partOf: 'phone',
  }),
  thing('audio', ['headphones|headset', 'auriculares|audífonos', 'หูฟังครอบหู|หูฟัง'], {
    materials: ['leather', 'plastic'],
  }),
  thing('audio', ['earbuds|ear buds|in ear headphones', 'auriculares de botón', 'หูฟังเอียร์บัด'], {}),
  thing('audio', ['bluetooth speaker|portable speaker', 'altavoz bluetooth|bocina', 'ลำโพงบลูทูธ'], {
    sizes: [5, 10, 20, 40],
    unit: 'w',
  }),
  thing('audio', ['headphone stand', 'soporte para auriculares', 'ขาตั้งหูฟัง'], {
    materials: ['oak', 'steel', 'plastic'],
    partOf: 'headphones',
  }),
  thing('tools', ['cordless drill|power drill', 'taladro inalámbrico', 'สว่านไร้สาย'], {
    sizes: [12, 18, 20],
    unit: 'v',
  }),
  thing('tools', ['drill bit set|drill bits', 'juego de brocas', 'ชุดดอกสว่าน'], {
    sizes: [3, 6, 10],
    unit: 'mm',
    materials: ['steel'],
    partOf: 'cordless-drill',
  }),
  thing('tools', ['claw hammer|hammer', 'martillo', 'ค้อน'], { sizes: [12, 16, 20], unit: 'oz', materials: ['steel'] }),
  thing('tools', ['tape measure|measuring tape', 'cinta métrica|flexómetro', 'ตลับเมตร'], {
    sizes: [12, 16, 25],
    unit: 'ft',
    materials: ['steel', 'plastic'],
  }),
  thing('kitchen', ['electric kettle|tea kettle', 'hervidor eléctrico|tetera eléctrica', 'กาต้มน้ำไฟฟ้า'], {
    sizes: [1, 1.5, 1.7, 2],
    unit: 'l',
    materials: ['steel', 'glass', 'plastic'],
  }),
  thing('kitchen', ['coffee maker|coffee machine', 'cafetera', 'เครื่องชงกาแฟ'], {
    sizes: [4, 8, 12],
    unit: 'oz',
    materials: ['steel', 'plastic'],
  }),
  thing('kitchen', ['coffee mug|coffee cup', 'taza de café', 'แก้วกาแฟ'], {
    sizes: [8, 11, 15, 20],
    unit: 'oz',
    materials: ['ceramic', 'glass', 'steel'],
  }),
  thing('kitchen', ['coffee filter|paper coffee filters', 'filtro de café', 'กระดาษกรองกาแฟ'], {
    partOf: 'coffee-maker',
  }),
  thing('kitchen', ['frying pan|skillet', 'sartén', 'กระทะ'], {
    sizes: [8, 10, 12],
    unit: 'in',
    materials: ['steel', 'ceramic'],
  }),
  thing('kitchen', ['cutting board|chopping board', 'tabla de cortar', 'เขียง'], {
    sizes: [12, 15, 18],
    unit: 'in',
    materials: ['oak', 'bamboo', 'plastic'],
  }),
  thing('bags', ['backpack|rucksack|laptop backpack', 'mochila', 'กระเป๋าเป้'], {
    sizes: [20, 30, 45],
    unit: 'l',
    materials: ['nylon', 'leather', 'cotton'],
  }),
  thing('bags', ['tote bag|shoulder bag', 'bolso de hombro', 'กระเป๋าสะพาย'], { materials: ['cotton', 'leather'] }),
  thing('bags', ['suitcase|luggage|carry on', 'maleta', 'กระเป๋าเดินทาง'], {
    sizes: [20, 24, 28],
    unit: 'in',
    materials: ['plastic', 'nylon'],
  }),
  thing('shoes', ['running shoes|jogging sneakers', 'zapatillas de correr|tenis para correr', 'รองเท้าวิ่ง'], {
    materials: ['nylon', 'rubber'],
  }),
  thing('shoes', ['hiking boots|trekking boots', 'botas de montaña', 'รองเท้าเดินป่า'], {
    materials: ['leather', 'nylon'],
  }),
  thing('shoes', ['shoe laces|shoelaces', 'cordones de zapatos', 'เชือกรองเท้า'], {
    sizes: [90, 120, 140],
    unit: 'cm',
    materials: ['cotton', 'nylon'],
    partOf: 'running-shoes',
  }),
  thing('camping', ['camping tent|dome tent', 'tienda de campaña|carpa', 'เต็นท์'], {
    sizes: [6, 8, 10],
    unit: 'ft',
    materials: ['nylon', 'cotton'],
  }),
  thing('camping', ['sleeping bag', 'saco de dormir', 'ถุงนอน'], {
    sizes: [2, 3, 5],
    unit: 'lb',
    materials: ['nylon', 'cotton'],
  }),
  thing('camping', ['camping lantern|camp light', 'linterna de camping', 'ตะเกียงแคมป์ปิ้ง'], {
    sizes: [5, 10, 20],
    unit: 'w',
    materials: ['plastic', 'brass'],
  }),
  thing('camping', ['water bottle|drink bottle', 'botella de agua', 'ขวดน้ำ|กระติกน้ำ'], {
    sizes: [350, 500, 750, 1000],
    unit: 'ml',
    materials: ['steel', 'plastic', 'glass'],
  }),
  thing('garden', ['garden hose|water hose', 'manguera de jardín', 'สายยางรดน้ำ'], {
    sizes: [25, 50, 75, 100],
    unit: 'ft',
    materials: ['rubber', 'nylon'],
  }),
  thing('garden', ['hose nozzle|garden hose nozzle', 'boquilla de manguera', 'หัวฉีดน้ำ'], {
    materials: ['brass', 'plastic'],
    partOf: 'garden-hose',
  }),
  thing('garden', ['flower pot|planter', 'maceta', 'กระถางต้นไม้'], {
    sizes: [6, 8, 10, 14],
    unit: 'in',
    materials: ['ceramic', 'plastic'],
  }),
  thing('bath', ['shower curtain', 'cortina de ducha|cortina de baño', 'ม่านห้องน้ำ'], {
    sizes: [72, 78, 84],
    unit: 'in',
    materials: ['cotton', 'nylon', 'plastic'],
  }),
  thing('bath', ['bath towel', 'toalla de baño', 'ผ้าเช็ดตัว'], {
    sizes: [27, 30, 54],
    unit: 'in',
    materials: ['cotton', 'bamboo'],
  }),
];

/** Line icons by name, drawn for this project on a 24 × 24 grid. */
const ICONS = {
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14m5 12 5 5',
  cart: 'M3 4h2l2.4 11.2a1 1 0 0 0 1 .8h8.9a1 1 0 0 0 1-.8L20 8H6M9 20.5h.01M17 20.5h.01',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8m-8 9c.6-4 3.8-6 8-6s7.400 2 8 6',
  menu: 'M4 6h16M4 12h16M4 18h16',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8m0-5v1m0 16v1M3 12h1m16 0h1M5.600 5.600l.7.7m11.400 11.400.7.7m0-12.800-.7.7M6.300 17.700l-.7.7',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500',
  store:
    'M4 9 5.500 4h13L20 9M4 9v11h16V9M4 9c0 2 3 2.500 4 0 1 2.500 4.500 2.500 5.500 0 1 2.500 6 2.500 6.500 0M10 20v-5h4v5',
  wallet: 'M4 7h15v13H4zM4 7l11-3v3m0 6.500h5v3h-5a1.500 1.500 0 0 1 0-3',
  check: 'M5 12.500 10 17.500 19.500 7',
  close: 'M6 6l12 12M18 6 6 18',
  truck:
    'M3 6h11v10H3zm11 4h4l3 3v3h-7M7 19.500a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3m10 0a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3',
  shield: 'M12 3l7 3v5c0 4.500-3 8-7 10-4-2-7-5.500-7-10V6zm-3 9 2.200 2.200L15.500 10',
  download: 'M12 4v11m-4-4 4 4 4-4M5 20h14',
  filter: 'M4 6h16M7 12h10M10 18h4',
  image: 'M4 5h16v14H4zm4 5.500h.01M4 16l4.500-4.500 4 4 2.500-2.500 5 5',
  camera: 'M4 8h3.500l1.500-2.500h6L16.500 8H20v11H4zm8 2.500a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c5 5.500 5 12.500 0 18-5-5.500-5-12.500 0-18',
  bell: 'M6 16v-5a6 6 0 0 1 12 0v5l1.500 2h-15zm4 4.500a2 2 0 0 0 4 0',
  tag: 'M4 4h7l9 9-7 7-9-9zm4 4h.01',
} as const;

export type IconName = keyof typeof ICONS;

export function Icon({ name, size = 20, className = '' }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className}`}
    >
      <path d={ICONS[name]} />
    </svg>
  );
}

/** Every address of the web app, built here and nowhere else. */
export const paths = {
  home: (lang: string) => `/${lang}`,
  search: (lang: string, query = '') => `/${lang}/search${query === '' ? '' : `?q=${encodeURIComponent(query)}`}`,
  browse: (lang: string) => `/${lang}/browse`,
  category: (lang: string, id: string) => `/${lang}/c/${encodeURIComponent(id)}`,
  listing: (lang: string, slug: string) => `/${lang}/l/${encodeURIComponent(slug)}`,
  store: (lang: string, slug: string) => `/${lang}/s/${encodeURIComponent(slug)}`,
  cart: (lang: string) => `/${lang}/cart`,
  checkout: (lang: string, id: string) => `/${lang}/checkout/${id}`,
  order: (lang: string, id: string) => `/${lang}/account/orders/${id}`,
  orders: (lang: string) => `/${lang}/account/orders`,
  library: (lang: string) => `/${lang}/account/library`,
  offers: (lang: string) => `/${lang}/account/offers`,
  account: (lang: string) => `/${lang}/account`,
  addresses: (lang: string) => `/${lang}/account/addresses`,
  security: (lang: string) => `/${lang}/account/security`,
  signIn: (lang: string, next = '') => `/${lang}/sign-in${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`,
  signUp: (lang: string, next = '') => `/${lang}/sign-up${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`,
  forgotPassword: (lang: string) => `/${lang}/forgot-password`,
  policy: (lang: string, name: string) => `/${lang}/p/${name}`,
  studio: (lang: string) => `/${lang}/studio`,
  studioListings: (lang: string) => `/${lang}/studio/listings`,
  studioNewListing: (lang: string) => `/${lang}/studio/listings/new`,
  studioListing: (lang: string, id: string) => `/${lang}/studio/listings/${id}`,
  studioImport: (lang: string) => `/${lang}/studio/import`,
  studioSales: (lang: string) => `/${lang}/studio/orders`,
  studioSale: (lang: string, orderId: string) => `/${lang}/studio/orders/${orderId}`,
  studioBalance: (lang: string) => `/${lang}/studio/balance`,
  studioStore: (lang: string) => `/${lang}/studio/store`,
  admin: (lang: string) => `/${lang}/admin`,
  adminMembers: (lang: string) => `/${lang}/admin/members`,
  adminListings: (lang: string) => `/${lang}/admin/listings`,
  adminOrders: (lang: string) => `/${lang}/admin/orders`,
  adminLedger: (lang: string) => `/${lang}/admin/ledger`,
  adminAudit: (lang: string) => `/${lang}/admin/audit`,
} as const;

/** An address below our own pages, or the home page: a `next` parameter must not lead to another site. */
export function safeNext(next: string | undefined, lang: string): string {
  return next !== undefined && /^\/[a-z]{2}(\/|$|\?)/.test(next) && !next.startsWith('//') ? next : paths.home(lang);
}

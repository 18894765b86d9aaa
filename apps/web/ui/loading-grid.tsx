/** Quiet shapes where listings will be. Only for pages that always exist: what streams can no longer answer 404. */
export function LoadingGrid() {
  return (
    <div className="page space-y-6 pt-8" aria-busy="true">
      <div className="h-9 w-2/5 animate-pulse rounded-small bg-muted" />
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-5">
        {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'].map((key) => (
          <div key={key} className="aspect-[3/4] animate-pulse rounded-medium bg-muted" />
        ))}
      </div>
    </div>
  );
}

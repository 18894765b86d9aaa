/** Quiet rows where the page will be. */
export default function Loading() {
  return (
    <div className="space-y-4" aria-busy="true">
      <div className="h-9 w-2/5 animate-pulse rounded-small bg-muted" />
      {['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
        <div key={key} className="h-20 animate-pulse rounded-medium bg-muted" />
      ))}
    </div>
  );
}

/** Says on the page that a form led to that it was saved. */
export function SavedNotice({ text }: { text: string }) {
  return (
    <p role="status" className="rounded-small bg-success p-3 font-medium text-on-success">
      {text}
    </p>
  );
}

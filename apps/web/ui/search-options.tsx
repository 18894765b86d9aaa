import { formatMoney } from '../lib/format.ts';
import { Icon } from './icon.tsx';
import type { SearchOption } from './search-suggestions.ts';

type Props = {
  readonly lang: string;
  /** The field names its list and its options by it. */
  readonly id: string;
  readonly label: string;
  readonly options: readonly SearchOption[];
  /** Which of them the keyboard is at; -1: none. */
  readonly at: number;
  readonly go: (href: string) => void;
};

/** The list below the search field; hidden while there is nothing to choose. */
export function SearchOptions({ lang, id, label, options, at, go }: Props) {
  return (
    <div
      id={`${id}-list`}
      role="listbox"
      aria-label={label}
      hidden={options.length === 0}
      className="card absolute inset-x-0 top-full z-40 mt-1 bg-surface! p-1 shadow-xl"
    >
      {options.map(({ key, href, text, icon, listing }, index) => (
        <div
          key={key}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === at}
          className="flex cursor-pointer items-center gap-3 rounded-small px-3 py-2 hover:bg-muted aria-selected:bg-muted"
          // The field must not lose focus (and close the list) before the choice counts.
          onMouseDown={(event) => {
            event.preventDefault();
            go(href);
          }}
        >
          {listing === undefined ? (
            <Icon name={icon} size={16} className="text-ink-muted" />
          ) : (
            listing.imageUrl !== null && (
              <img src={listing.imageUrl} alt="" width={36} height={36} className="size-9 rounded object-cover" />
            )
          )}
          <span className="grow truncate">{text}</span>
          {listing !== undefined && <span className="text-sm text-ink-muted">{formatMoney(listing.price, lang)}</span>}
        </div>
      ))}
    </div>
  );
}

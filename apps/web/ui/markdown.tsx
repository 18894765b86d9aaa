import { Fragment, type ReactNode } from 'react';

/** The little Markdown that policies use: headings, paragraphs, lists, bold. Text only, so nothing needs escaping. */
export function Markdown({ text }: { text: string }) {
  const blocks = text
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '');
  return (
    <div className="prose">
      {blocks.map((block) => {
        if (/^#{1,3} /.test(block)) return <h2 key={block}>{block.replace(/^#+ /, '')}</h2>;
        if (block.split('\n').every((line) => /^[-*] /.test(line))) {
          return (
            <ul key={block}>
              {block.split('\n').map((line) => (
                <li key={line}>{inline(line.slice(2))}</li>
              ))}
            </ul>
          );
        }
        return <p key={block}>{inline(block)}</p>;
      })}
    </div>
  );
}

function inline(text: string): ReactNode {
  return text
    .split(/(\*\*[^*]+\*\*)/)
    .map((part) =>
      part.startsWith('**') ? <strong key={part}>{part.slice(2, -2)}</strong> : <Fragment key={part}>{part}</Fragment>,
    );
}

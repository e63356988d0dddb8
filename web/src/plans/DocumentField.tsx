import { Text } from '@mantine/core';
import { type RefObject, useRef } from 'react';
import { useInsurerTexts } from '../texts/insurer.ts';

/** A document as text, its lines numbered; lines with something wrong are marked. */
export function DocumentField(props: {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly change: (text: string) => void;
  readonly wrongLines: readonly number[];
  /** Where what is wrong is told, for who cannot see the marks. */
  readonly toldIn: string;
}) {
  const { field, text, change, wrongLines, toldIn } = props;
  const { edit: texts } = useInsurerTexts();
  const gutter = useRef<HTMLDivElement>(null);
  const lines = text.split('\n').length;
  return (
    <div className="document">
      <label htmlFor="document">{texts.document}</label>
      <Text size="sm" className="quiet" id="document-help">
        {texts.documentHelp}
      </Text>
      <div className="document-frame">
        <div className="document-lines" ref={gutter} aria-hidden="true">
          {Array.from({ length: lines }, (_none, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: because a line has no other name than its number
            <div key={at} {...(wrongLines.includes(at + 1) ? { className: 'wrong' } : {})}>
              {at + 1}
            </div>
          ))}
        </div>
        <textarea
          id="document"
          ref={field}
          value={text}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          maxLength={100_000}
          aria-describedby={`document-help ${toldIn}`}
          aria-invalid={wrongLines.length > 0}
          onChange={(event) => change(event.currentTarget.value)}
          onScroll={(event) => {
            if (gutter.current !== null) gutter.current.scrollTop = event.currentTarget.scrollTop;
          }}
        />
      </div>
    </div>
  );
}

/** Puts the cursor on a line, and the line in sight. */
export function goToLine(field: HTMLTextAreaElement | null, line: number): void {
  if (field === null) return;
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1] ?? '').length);
  field.scrollTop = Math.max(0, (field.scrollHeight / lines.length) * (line - 4));
}

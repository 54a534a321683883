import { UnstyledButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { text } from '../../resources/language/language.ts';
import classes from './notices.module.css';

export interface FileDropProps {
  /** What to drop here, e.g. "Thả tệp Excel vào đây". */
  title: string;
  /** A second line: which kinds, what will happen. */
  hint: string;
  /** Endings with the dot, e.g. `['.xlsx', '.xls']`. */
  accept: string[];
  isBusy?: boolean;
  onFile: (file: { fileName: string; bytes: Uint8Array }) => void;
}

/** Takes one file by drop, by click or by keyboard. */
export function FileDrop({ title, hint, accept, isBusy = false, onFile }: FileDropProps) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined || isBusy) return;
    onFile({ fileName: file.name.normalize('NFC'), bytes: new Uint8Array(await file.arrayBuffer()) });
  };
  return (
    <UnstyledButton
      className={classes.drop}
      aria-disabled={isBusy}
      {...(isOver ? { 'data-over': true } : {})}
      onClick={() => { input.current?.click(); }}
      onDragOver={event => { event.preventDefault(); setOver(true); }}
      onDragLeave={() => { setOver(false); }}
      onDrop={event => { event.preventDefault(); setOver(false); void take(event.dataTransfer.files[0]); }}
    >
      <IconFileImport size={28} stroke={1.4} aria-hidden />
      <strong>{isBusy ? text('kit.fileDrop.reading') : title}</strong>
      <span>{hint}</span>
      <input
        ref={input}
        type="file"
        accept={accept.join(',')}
        hidden
        aria-label={title}
        onClick={event => { event.stopPropagation(); }}
        onChange={event => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }}
      />
    </UnstyledButton>
  );
}

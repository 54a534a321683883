import { Button, FileButton } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';

export interface FilePickProps {
  label: string;
  disabled?: boolean;
  onFile: (file: { fileName: string; bytes: Uint8Array }) => void;
}

/** A button that takes one file of any kind: what it is, the program tells by its content. */
export function FilePick({ label, disabled = false, onFile }: FilePickProps) {
  const take = async (file: File): Promise<void> => {
    onFile({ fileName: file.name.normalize('NFC'), bytes: new Uint8Array(await file.arrayBuffer()) });
  };
  return (
    <FileButton onChange={picked => { if (picked !== null) void take(picked); }} inputProps={{ 'aria-label': label }}>
      {props => <Button variant="default" disabled={disabled} leftSection={<IconFileImport size={15} stroke={1.7} />} {...props}>{label}</Button>}
    </FileButton>
  );
}

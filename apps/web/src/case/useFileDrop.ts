import { useState, type ClipboardEvent, type DragEvent } from 'react';

/** Files dragged over or pasted into a place; `onFiles` is null where it takes none. */
export const useFileDrop = (onFiles: ((files: Iterable<File>) => void) | null) => {
  const [dragging, setDragging] = useState(false);
  return {
    dragging,
    onPaste: (event: ClipboardEvent) => {
      if (!onFiles || event.clipboardData.files.length === 0) return;
      event.preventDefault();
      onFiles(event.clipboardData.files);
    },
    target: {
      onDragOver: (event: DragEvent) => {
        if (!onFiles || !event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setDragging(true);
      },
      onDragLeave: () => setDragging(false),
      onDrop: (event: DragEvent) => {
        if (!dragging) return;
        event.preventDefault();
        setDragging(false);
        onFiles?.(event.dataTransfer.files);
      },
    },
  };
};

import { Send } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { commandKey } from '../app/keys.js';
import { useWords } from '../i18n/Words.js';
import type { Undoable } from './useSend.js';
import styles from './UndoToast.module.css';

const TICK_MS = 250;

interface Props {
  undoable: Undoable;
  onUndo: () => void;
  onOver: () => void;
}

/** Counts down on the upper edge of the composer while the message is held; covers nothing. */
export const UndoToast = ({ undoable, onUndo, onOver }: Props) => {
  const { t } = useWords();
  const [now, setNow] = useState(() => Date.now());
  const tick = useEffectEvent(() => {
    setNow(Date.now());
    if (Date.now() >= undoable.until) onOver();
  });
  useEffect(() => {
    const timer = setInterval(() => tick(), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.ceil((undoable.until - now) / 1000));
  const channel = t(`channel.${undoable.entry.channel}`);
  return (
    <div className={styles.toast}>
      <Send size={14} aria-hidden />
      <span>{seconds > 0 ? t('undo.in', { channel, seconds }) : t('undo.sending', { channel })}</span>
      <button type="button" onClick={onUndo}>
        {t('undo.undo')} <kbd>{commandKey()} Z</kbd>
      </button>
    </div>
  );
};

import { Button } from '@mantine/core';
import { Paperclip, QrCode } from 'lucide-react';
import { useRef } from 'react';
import { commandKey } from '../app/keys.js';
import { useWords, type Key } from '../i18n/Words.js';
import type { ComposerTab } from './drafts.js';
import { RedirectButton } from '../ownership/RedirectButton.js';
import styles from './Composer.module.css';

const DEEDS = {
  customer: 'composer.send',
  partner: 'composer.partner_send',
  internal: 'composer.save',
} as const satisfies Record<ComposerTab, Key>;

/** The count appears when it begins to matter. */
const COUNT_FROM = 500;

interface Props {
  tab: ComposerTab;
  /** Characters still free; negative when over. */
  left: number;
  /** The files cannot leave by this channel. */
  unfit: boolean;
  empty: boolean;
  /** What may be written this way and when it leaves; null where there is nothing to say. */
  limits: string | null;
  uploading: boolean;
  ready: boolean;
  /** Null where nothing can be attached. */
  onFiles: ((files: Iterable<File>) => void) | null;
  /** Says the code of the case; null where nothing can be written. */
  onCode: (() => void) | null;
  onSubmit: () => void;
}

const Hint = ({
  left,
  unfit,
  empty,
  limits,
  uploading,
}: Pick<Props, 'left' | 'unfit' | 'empty' | 'limits' | 'uploading'>) => {
  const { t } = useWords();
  const words = () => {
    if (left < 0) return t('composer.over', { count: -left });
    if (unfit) return t('composer.unfit');
    if (left < COUNT_FROM) return t('composer.left', { count: left });
    if (uploading) return t('composer.waiting_upload');
    return empty ? limits : t('composer.draft_kept');
  };
  return (
    <span className={styles.hint} data-over={left < 0 || unfit || undefined} role="status">
      {words()}
    </span>
  );
};

/** Tools on the left, what is still missing in the middle, the one way forward on the right. */
export const ComposerBar = ({
  tab,
  left,
  unfit,
  empty,
  limits,
  uploading,
  ready,
  onFiles,
  onCode,
  onSubmit,
}: Props) => {
  const { t } = useWords();
  const toCustomer = tab === 'customer';
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.bar}>
      {tab !== 'internal' ? (
        <>
          <button
            type="button"
            className={styles.tool}
            disabled={!onFiles}
            onClick={() => picker.current?.click()}
            aria-label={t('composer.attach')}
            title={t('composer.attach')}
          >
            <Paperclip size={16} />
          </button>
          {toCustomer ? (
            <>
              <RedirectButton className={styles.tool} />
              <button
                type="button"
                className={styles.tool}
                disabled={!onCode}
                onClick={() => onCode?.()}
                aria-label={t('composer.code')}
                title={t('composer.code')}
              >
                <QrCode size={16} />
              </button>
            </>
          ) : null}
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              onFiles?.(event.currentTarget.files ?? []);
              event.currentTarget.value = '';
            }}
          />
        </>
      ) : null}
      <Hint left={left} unfit={unfit} empty={empty} limits={limits} uploading={uploading} />
      <span className={styles.shortcut}>
        <kbd>{commandKey()}</kbd> <kbd>↵</kbd>
      </span>
      <Button variant="filled" size="xs" disabled={!ready} onClick={onSubmit}>
        {t(DEEDS[tab])}
      </Button>
    </div>
  );
};

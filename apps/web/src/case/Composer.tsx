import { useImperativeHandle, useRef, type KeyboardEvent, type RefObject } from 'react';
import type { CaseDetail, TimelineEntry } from '#contracts';
import { useWords } from '../i18n/Words.js';
import { firstName } from './caseContext.js';
import { PartnerHead } from '../handoff/PartnerHead.js';
import { ClosedCase } from './ClosedCase.js';
import { ClosedPath } from './ClosedPath.js';
import { ComposerBar } from './ComposerBar.js';
import { ComposerNews } from './ComposerNews.js';
import { ComposerTabs } from './ComposerTabs.js';
import { keepDraft, type ComposerTab } from './drafts.js';
import { isOver } from './stage.rules.js';
import { TargetPicker } from './TargetPicker.js';
import { UploadTray } from './UploadTray.js';
import { useComposer } from './useComposer.js';
import { useLimits } from './useLimits.js';
import { useFileDrop } from './useFileDrop.js';
import type { Shown } from './useShown.js';
import { useTyping } from './useTyping.js';
import { MentionHint } from '../notifications/MentionHint.js';
import { BareAddressHint } from '../ownership/BareAddressHint.js';
import { KnownHint } from '../story/KnownHint.js';
import { withCode } from '../tracking/code.rules.js';
import styles from './Composer.module.css';

export interface ComposerHandle {
  write: (tab: ComposerTab) => void;
}

interface Props {
  detail: CaseDetail;
  entries: TimelineEntry[];
  shown: Shown;
  handle: RefObject<ComposerHandle | null>;
}

type State = ReturnType<typeof useComposer>;

/** What stands where nothing is written yet: who will read it, and who will not. */
const usePlaceholders = ({
  detail,
  thread,
  closed,
  partner: { isKnown, target, answers },
}: Pick<State, 'thread' | 'closed' | 'partner'> & Pick<Props, 'detail'>): Record<ComposerTab, string> => {
  const { t } = useWords();
  const name = firstName(detail.customer.displayName);
  const toWhom = thread
    ? t('composer.to_customer', { name, channel: t(`channel.${thread.channel}`) })
    : closed
      ? t('composer.no_thread')
      : t('composer.no_thread.lead', { name });
  return {
    customer: toWhom,
    partner: target
      ? t(answers ? 'composer.to_partner.answer' : 'composer.to_partner', { partner: target.partner.name, name })
      : isKnown
        ? t('composer.no_partner')
        : '',
    internal: t('composer.to_internal', { name }),
  };
};

/** Where one writes: for the customer, by a way that is open, for a partner, or for the team. Nothing typed here is ever lost. */
export const Composer = ({ detail, entries, shown, handle }: Props) => {
  const { t } = useWords();
  const box = useRef<HTMLTextAreaElement>(null);
  const composer = useComposer(detail, entries, shown);
  const { tab, setTab, toCustomer, partner, draft, send, uploads } = composer;
  const { paths, thread, closed, limits, empty, ready, submit } = composer;
  const toKnow = useLimits(thread);
  const placeholders = usePlaceholders({ detail, thread, closed, partner });
  const typing = useTyping(detail.id, tab);
  const takesFiles = toCustomer ? thread !== null : tab === 'partner' && partner.target !== null;
  const files = useFileDrop(takesFiles ? uploads.add : null);
  const focus = () => box.current?.focus();
  const put = (text: string, on: ComposerTab = 'customer') => {
    keepDraft(detail.id, on, { text });
    focus();
  };
  const write = (wanted: ComposerTab) => {
    setTab(wanted);
    requestAnimationFrame(() => box.current?.focus());
  };
  useImperativeHandle(handle, () => ({ write }));

  const press = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === 'Enter') {
      event.preventDefault();
      submit();
    } else if (command && event.key === 'z' && draft.text === '' && send.undoable) {
      event.preventDefault();
      void send.undoReply();
    } else if (event.key === 'Escape') box.current?.blur();
  };

  if (isOver(detail.status)) return <ClosedCase detail={detail} />;
  const name = firstName(detail.customer.displayName);
  const target = thread ?? paths[0];
  return (
    <div className={styles.composer}>
      <ComposerNews {...{ detail, send, thread, tab, partner }} onWrite={focus} />
      <section
        className={styles.box}
        data-tab={tab}
        data-dragging={files.dragging || undefined}
        aria-label={t('composer.label')}
        {...files.target}
      >
        <div className={styles.top}>
          <ComposerTabs tab={tab} onChoose={write} />
          {toCustomer && target ? (
            <TargetPicker
              paths={paths}
              chosen={target}
              onChoose={({ id }) => {
                keepDraft(detail.id, 'customer', { threadId: id });
                focus();
              }}
            />
          ) : null}
        </div>
        {tab === 'partner' ? <PartnerHead detail={detail} line={partner} /> : null}
        {toCustomer ? (
          <>
            <KnownHint
              detail={detail}
              text={draft.text}
              onInsert={(known) => put(`${draft.text.trimEnd()} ${known}`)}
            />
            <BareAddressHint text={draft.text} />
            {closed ? <ClosedPath closed={closed} instead={thread} name={name} /> : null}
          </>
        ) : null}
        <div role="tabpanel" aria-labelledby={`tab-${tab}`}>
          <textarea
            ref={box}
            id="composer-text"
            className={styles.text}
            rows={1}
            value={draft.text}
            disabled={toCustomer ? !thread : tab === 'partner' && partner.isKnown && !partner.target}
            placeholder={placeholders[tab]}
            aria-label={t(`composer.${tab}`)}
            aria-invalid={limits.left < 0 || undefined}
            {...typing}
            onKeyDown={press}
            onPaste={files.onPaste}
          />
          {tab !== 'internal' ? (
            <UploadTray
              stored={draft.attachments}
              linked={limits.linked}
              uploads={uploads.uploads}
              onRemove={(id) =>
                keepDraft(detail.id, tab, { attachments: draft.attachments.filter((file) => file.id !== id) })
              }
              onDrop={uploads.drop}
            />
          ) : (
            <MentionHint text={draft.text} onName={(text) => put(text, 'internal')} />
          )}
        </div>
        <ComposerBar
          tab={tab}
          left={limits.left}
          unfit={limits.unfit}
          empty={empty}
          limits={toCustomer ? toKnow : null}
          uploading={tab !== 'internal' && uploads.busy}
          ready={ready}
          onFiles={takesFiles ? uploads.add : null}
          onCode={thread ? () => put(withCode(draft.text, detail)) : null}
          onSubmit={() => {
            submit();
            focus();
          }}
        />
        {files.dragging ? <div className={styles.drop}>{t('composer.drop')}</div> : null}
      </section>
    </div>
  );
};

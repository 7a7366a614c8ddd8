import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import {
  BRING_WORDS,
  redirectLink,
  redirectText,
  THINGS_TO_BRING,
  type Bring,
  type CaseDetail,
  type NearbyStore,
  type NearbyStores,
  type ReplyChannel,
  type Thread,
} from '#contracts';
import { newKey } from '../api/requests.js';
import { Dialog } from '../app/Dialog.js';
import { Form } from '../app/Form.js';
import forms from '../app/forms.module.css';
import { notify } from '../app/notices.js';
import { Trouble } from '../app/Trouble.js';
import { isNewPath, isReplyChannel, replyPaths } from '../case/paths.rules.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { caseLoansQuery } from '../loaners/loanerRequests.js';
import { nearbyQuery, sendRedirect } from './ownershipRequests.js';
import { StoreChoice } from './StoreChoice.js';
import { useOwnershipDeed } from './useOwnershipDeed.js';
import styles from './Ownership.module.css';

/** Nobody can be shown the way to a store of which nobody knows where it is or when it opens. */
const showable = ({ opening, mapUrl }: NearbyStore): boolean => opening !== null && mapUrl !== null;

type WrittenPath = Thread & { channel: ReplyChannel };
const isWritten = (path: Thread): path is WrittenPath => path.open && isReplyChannel(path.channel);

/** The store where a phone of ours is kept for them. */
const useKeeper = ({ id, version, loans }: CaseDetail): string | undefined => {
  const isKept = ({ state }: { state: string }) => state === 'reserved';
  const { data } = useQuery({ ...caseLoansQuery(id, version), enabled: loans.some(isKept) });
  return data?.loans.find(isKept)?.store.id;
};

/** Shows the customer the way to a store that expects them: which one, what to bring, and the words, which may be changed. */
export default function RedirectDialog({ detail, onClose }: { detail: CaseDetail; onClose: () => void }) {
  const { t } = useWords();
  const [typed, setTyped] = useState('');
  const [near] = useDebouncedValue(typed.trim(), 300);
  const found = useQuery({ ...nearbyQuery(detail.id, near), placeholderData: keepPreviousData });
  return (
    <Dialog title={t('redirect.title')} size={640} onClose={onClose}>
      {found.isError ? (
        <Trouble what={t('redirect.trouble')} error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {found.data ? (
        <RedirectForm detail={detail} nearby={found.data} typed={typed} onType={setTyped} onClose={onClose} />
      ) : null}
    </Dialog>
  );
}

interface FormProps {
  detail: CaseDetail;
  nearby: NearbyStores;
  typed: string;
  onType: (typed: string) => void;
  onClose: () => void;
}

/** One key for one deed: sent again after a broken line it is the same one. */
const useKey = () => {
  const key = useRef<string>(undefined);
  return () => (key.current ??= newKey());
};

const RedirectForm = ({ detail, nearby, typed, onType, onClose }: FormProps) => {
  const { t } = useWords();
  const { language } = useLanguage();
  const { run, busy, problem } = useOwnershipDeed();
  const key = useKey();
  const [chosen, setChosen] = useState<string | null>(null);
  const [bring, setBring] = useState<Bring[]>(['device', 'id_document']);
  const [text, setText] = useState<string | null>(null);
  const paths = replyPaths(detail).filter(isWritten);
  const [pathId, setPathId] = useState<string | null>(null);
  const path = paths.find(({ id }) => id === pathId) ?? paths[0];
  const possible = nearby.items.filter(showable);
  const keeper = useKeeper(detail);
  const wanted = chosen ?? keeper;
  // Where their phone is kept, or else the nearest; where nobody knows what is near, somebody has to choose.
  const store = possible.find(({ id }) => id === wanted) ?? (nearby.near === null ? undefined : possible[0]);
  const proposed = store
    ? redirectText({ store, name: nearby.name, reference: nearby.reference, bring }, nearby.language)
    : '';
  const toggle = (thing: Bring) =>
    setBring(bring.includes(thing) ? bring.filter((each) => each !== thing) : [...bring, thing]);
  const send = async () => {
    if (!store || !path) return;
    const body = {
      storeId: store.id,
      channel: path.channel,
      threadId: isNewPath(path) ? undefined : path.id,
      bring,
      text: text?.trim() ? text.trim() : undefined,
    };
    if (!(await run(() => sendRedirect(detail.id, body, key()), true))) return;
    notify(t('redirect.sent', { store: store.name }));
    onClose();
  };
  return (
    <Form
      deed={t('redirect.send')}
      busy={busy}
      problem={path ? problem : t('redirect.no_path')}
      disabled={!store || !path}
      onSubmit={send}
      onCancel={onClose}
    >
      <StoreChoice
        nearby={nearby}
        keeper={keeper}
        chosen={store?.id ?? null}
        typed={typed}
        onType={onType}
        onChoose={setChosen}
      />
      <fieldset className={forms.field}>
        <legend>{t('redirect.bring')}</legend>
        <div className={forms.choices}>
          {THINGS_TO_BRING.map((thing) => (
            <label key={thing}>
              <input type="checkbox" checked={bring.includes(thing)} onChange={() => toggle(thing)} />
              {BRING_WORDS[language][thing]}
            </label>
          ))}
        </div>
      </fieldset>
      {paths.length > 1 ? (
        <label className={forms.field}>
          <span>{t('redirect.by')}</span>
          <select value={path?.id} onChange={(event) => setPathId(event.currentTarget.value)}>
            {paths.map(({ id, channel, address }) => (
              <option key={id} value={id}>
                {t(`channel.${channel}.name`)} · {address}
              </option>
            ))}
          </select>
        </label>
      ) : null}
      <label className={forms.field}>
        <span>{t('redirect.text')}</span>
        <textarea
          lang={nearby.language}
          rows={6}
          maxLength={9000}
          value={text ?? proposed}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <small lang={nearby.language}>
          {redirectLink(`${window.location.origin}/t/…`, nearby.reference, nearby.language)}
        </small>
        <small>{t(path?.channel === 'email' ? 'redirect.tail.email' : 'redirect.tail')}</small>
        {text !== null && text !== proposed ? (
          <button type="button" className={styles.again} onClick={() => setText(null)}>
            {t('redirect.again')}
          </button>
        ) : null}
      </label>
    </Form>
  );
};

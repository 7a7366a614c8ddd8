import { Button } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useRef, useState, type FormEvent } from 'react';
import type { CaseDetail, CaseProof, SentCode } from '#contracts';
import { newKey } from '../api/requests.js';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { clock } from '../i18n/moments.js';
import { confirmCode, sendCode } from './identityRequests.js';
import styles from './ProofBadge.module.css';
import { useIdentityDeed } from './useIdentityDeed.js';

interface Props {
  detail: CaseDetail;
  proof: CaseProof;
  /** The address a code should go to, where that was asked for. */
  contactPointId: string | null;
}

/** What the customer says they got, typed by whoever hears it. */
const Enter = ({ detail, code }: { detail: CaseDetail; code: SentCode }) => {
  const { t, intl } = useWords();
  const [typed, setTyped] = useState('');
  const { busy, problem, run } = useIdentityDeed(detail.id, detail.customer.id);
  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    await run(() =>
      confirmCode(detail.id, typed).catch((refused: unknown) => {
        // At once: what is typed while the proof is read again is the next one.
        setTyped('');
        throw refused;
      }),
    );
  };
  return (
    <form className={forms.form} onSubmit={(event) => void confirm(event)} noValidate>
      <p className={styles.told} role="status">
        {t('proof.code.sent', { address: code.address, time: clock(intl, code.expiresAt), count: code.triesLeft })}
      </p>
      <div className={styles.row}>
        <label className={`${forms.field ?? ''} ${styles.code ?? ''}`}>
          <span>{t('proof.code.enter')}</span>
          <input
            type="text"
            inputMode="numeric"
            autoComplete="off"
            data-autofocus
            maxLength={12}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
        <Button type="submit" variant="filled" loading={busy} disabled={typed.replace(/\D/gu, '').length !== 6}>
          {t('proof.code.confirm')}
        </Button>
      </div>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
    </form>
  );
};

/** A code to an address we know: who says it has that address. Nobody here sees it. */
export const CodeWay = ({ detail, proof, contactPointId }: Props) => {
  const { t } = useWords();
  const key = useRef(newKey());
  const [first] = proof.reachable;
  const wished = proof.reachable.find((one) => one.contactPointId === contactPointId);
  const [to, setTo] = useState(wished?.contactPointId ?? first?.contactPointId ?? '');
  const { busy, problem, run } = useIdentityDeed(detail.id, detail.customer.id);
  const send = async () => {
    if (await run(() => sendCode(detail.id, to, key.current))) key.current = newKey();
  };
  return (
    <section className={styles.way}>
      <h3>
        <KeyRound size={16} aria-hidden /> {t('proof.code.title')}
      </h3>
      {proof.code ? <Enter key={proof.code.id} detail={detail} code={proof.code} /> : null}
      {proof.reachable.length === 0 ? (
        <p className={styles.told}>{t('proof.code.nowhere')}</p>
      ) : (
        <div className={styles.row}>
          <label className={forms.field}>
            <span>{t('proof.code.to')}</span>
            <select
              value={to}
              onChange={(event) => {
                setTo(event.currentTarget.value);
                key.current = newKey();
              }}
            >
              {proof.reachable.map((one) => (
                <option key={one.contactPointId} value={one.contactPointId}>
                  {one.address} · {t(`channel.${one.channel}`)}
                  {one.level === 'weak' ? ` · ${t('proof.code.weak')}` : ''}
                </option>
              ))}
            </select>
          </label>
          <Button onClick={() => void send()} loading={busy}>
            {t(proof.code ? 'proof.code.again' : 'proof.code.send')}
          </Button>
        </div>
      )}
      <p className={forms.problem} role="alert">
        {problem}
      </p>
    </section>
  );
};

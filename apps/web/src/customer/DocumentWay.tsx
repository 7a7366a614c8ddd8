import { Button } from '@mantine/core';
import { IdCard } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { CaseDetail, CaseProof, DocumentKind } from '#contracts';
import forms from '../app/forms.module.css';
import { useWords } from '../i18n/Words.js';
import { documentSeen } from './identityRequests.js';
import styles from './ProofBadge.module.css';
import { useIdentityDeed } from './useIdentityDeed.js';

const KINDS: readonly DocumentKind[] = ['nif', 'nie', 'passport'];

/** A document in one's hand: what it says is typed, and must be what is on record. */
export const DocumentWay = ({ detail, proof }: { detail: CaseDetail; proof: CaseProof }) => {
  const { t } = useWords();
  const [kind, setKind] = useState<DocumentKind>('nif');
  const [number, setNumber] = useState('');
  const { busy, problem, run } = useIdentityDeed(detail.id, detail.customer.id);
  const see = async (event: FormEvent) => {
    event.preventDefault();
    if (await run(() => documentSeen(detail.id, { kind, number }))) setNumber('');
  };
  return (
    <form className={styles.way} onSubmit={(event) => void see(event)} noValidate>
      <h3>
        <IdCard size={16} aria-hidden /> {t('proof.document.title')}
      </h3>
      <p className={styles.told}>{t(proof.documentKnown ? 'proof.document.known' : 'proof.document.first')}</p>
      <div className={styles.row}>
        <label className={forms.field}>
          <span>{t('proof.document.kind')}</span>
          <select value={kind} onChange={(event) => setKind(event.currentTarget.value as DocumentKind)}>
            {KINDS.map((one) => (
              <option key={one} value={one}>
                {t(`proof.document.${one}`)}
              </option>
            ))}
          </select>
        </label>
        <label className={forms.field}>
          <span>{t('proof.document.number')}</span>
          <input
            type="text"
            autoComplete="off"
            maxLength={40}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
        </label>
        <Button type="submit" loading={busy} disabled={number.trim().length < 3}>
          {t('proof.document.seen')}
        </Button>
      </div>
      <p className={forms.problem} role="alert">
        {problem}
      </p>
    </form>
  );
};

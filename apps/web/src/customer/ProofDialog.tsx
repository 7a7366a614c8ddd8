import { useQuery } from '@tanstack/react-query';
import { Check, Lock, ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { GATED_ACTIONS, PROOF_LEVELS, type CaseDetail, type CaseProof, type GatedAction } from '#contracts';
import { Dialog } from '../app/Dialog.js';
import forms from '../app/forms.module.css';
import { useMay } from '../app/session.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { CodeWay } from './CodeWay.js';
import { DocumentWay } from './DocumentWay.js';
import { proofQuery } from './identityRequests.js';
import { howLong } from './howLong.js';
import styles from './ProofBadge.module.css';

const GLYPHS = { none: ShieldQuestion, weak: ShieldAlert, strong: ShieldCheck };

interface Props {
  detail: CaseDetail;
  /** What was refused and leads here. */
  why?: string | null;
  contactPointId?: string | null;
  onClose: () => void;
}

const State = ({ proof }: { proof: CaseProof }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const Glyph = GLYPHS[proof.level];
  return (
    <div className={styles.state} data-level={proof.level} role="status">
      <Glyph size={18} aria-hidden />
      <div>
        <strong>{PROOF_LEVELS[proof.level][language]}</strong>
        {howLong(proof, t, intl) ?? t('proof.none')}
      </div>
    </div>
  );
};

/** Who they have shown to be, how they can show more, and what that lets one do. */
export default function ProofDialog({ detail, why = null, contactPointId = null, onClose }: Props) {
  const { t } = useWords();
  const { language } = useLanguage();
  const may = useMay();
  const found = useQuery(proofQuery(detail.id));
  const proof = found.data;
  const actions = Object.entries(GATED_ACTIONS) as [GatedAction, (typeof GATED_ACTIONS)[GatedAction]][];
  return (
    <Dialog title={t('proof.title', { name: detail.customer.displayName })} size={520} onClose={onClose}>
      {found.isError ? (
        <Trouble what={t('proof.error')} error={found.error} onRetry={() => void found.refetch()} />
      ) : null}
      {proof ? (
        <div className={forms.form}>
          {why && proof.level !== 'strong' ? <p className={forms.lead}>{why}</p> : null}
          <State proof={proof} />
          {may('case.reply') ? <CodeWay detail={detail} proof={proof} contactPointId={contactPointId} /> : null}
          {may('proof.document') ? <DocumentWay detail={detail} proof={proof} /> : null}
          <section className={styles.way}>
            <h3>{t('proof.gates')}</h3>
            <ul className={styles.gates}>
              {actions.map(([action, words]) => {
                const allowed = proof.allowed.includes(action);
                return (
                  <li key={action} data-allowed={allowed || undefined}>
                    {allowed ? (
                      <Check size={14} aria-label={t('proof.allowed')} />
                    ) : (
                      <Lock size={14} aria-label={t('proof.not_allowed')} />
                    )}
                    {words[language]}
                  </li>
                );
              })}
            </ul>
          </section>
        </div>
      ) : null}
    </Dialog>
  );
}

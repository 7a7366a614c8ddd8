import { Tooltip } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { PROOF_LEVELS, type CaseDetail } from '#contracts';
import { useLanguage, useWords } from '../i18n/Words.js';
import { useNow } from '../app/now.js';
import { proofQuery } from './identityRequests.js';
import { howLong } from './howLong.js';
import styles from './ProofBadge.module.css';

const ProofDialog = lazy(() => import('./ProofDialog.js'));

const GLYPHS = { none: ShieldQuestion, weak: ShieldAlert, strong: ShieldCheck };

/** How far the customer has shown who they are, and the way to more. */
export const ProofBadge = ({ detail }: { detail: CaseDetail }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const [opened, setOpened] = useState(false);
  const found = useQuery(proofQuery(detail.id));
  const now = useNow();
  const proof = found.data;
  if (!proof) return null;
  const over = proof.until !== null && Date.parse(proof.until) <= now;
  const level = over ? 'none' : proof.level;
  const Glyph = GLYPHS[level];
  const how = over ? null : howLong(proof, t, intl);
  const words = PROOF_LEVELS[level][language];
  return (
    <>
      <Tooltip label={how ? `${words}: ${how}` : words} multiline maw={320}>
        <button
          type="button"
          className={styles.badge}
          data-level={level}
          aria-label={how ? `${words}: ${how}` : words}
          onClick={() => setOpened(true)}
        >
          <Glyph size={14} aria-hidden />
          <span>{t(`proof.short.${level}`)}</span>
        </button>
      </Tooltip>
      {opened ? (
        <Suspense>
          <ProofDialog detail={detail} onClose={() => setOpened(false)} />
        </Suspense>
      ) : null}
    </>
  );
};

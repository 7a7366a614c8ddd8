import { Button, Menu } from '@mantine/core';
import { PhoneOutgoing } from 'lucide-react';
import { ToldHow, type CaseDetail, type UntoldNews } from '#contracts';
import { useMay } from '../app/session.js';
import { useDeed } from '../app/useDeed.js';
import { useWords } from '../i18n/Words.js';
import { useQueryClient } from '@tanstack/react-query';
import { markTold } from '../api/requests.js';
import styles from './UntoldStrip.module.css';

const Line = ({ detail, news }: { detail: CaseDetail; news: UntoldNews }) => {
  const { t } = useWords();
  const may = useMay();
  const client = useQueryClient();
  const { run, busy } = useDeed();
  const phone = detail.contactPoints.find(({ kind }) => kind === 'phone');
  const { language } = detail.customer;
  const told = async (how: ToldHow) => {
    if (!(await run(() => markTold(detail.id, news.id, how), false))) return;
    const stale = [
      ['case', detail.reference],
      ['timeline', detail.id],
    ];
    await Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey })));
  };
  return (
    <div className={styles.line}>
      <PhoneOutgoing size={16} aria-hidden />
      <p>
        <b>{t(phone ? 'untold.call' : 'untold.reach')}</b> {t('untold.why')}
        <q lang={language}>{news[language]}</q>
      </p>
      {phone ? (
        <a href={`tel:${phone.value ?? phone.display}`} className={styles.phone}>
          {phone.display}
        </a>
      ) : null}
      {may('case.note') ? (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <Button size="xs" loading={busy}>
              {t('untold.told')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {ToldHow.options.map((how) => (
              <Menu.Item key={how} onClick={() => void told(how)}>
                {t(`untold.how.${how}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
    </div>
  );
};

/** What the customer has to know and could not be written: what to say to them, until somebody has. */
export const UntoldStrip = ({ detail }: { detail: CaseDetail }) => {
  const { t } = useWords();
  return (
    <div role="status" aria-label={t('untold.strip')}>
      {detail.untold.map((news) => (
        <Line key={news.id} detail={detail} news={news} />
      ))}
    </div>
  );
};

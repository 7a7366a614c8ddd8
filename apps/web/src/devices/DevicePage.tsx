import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { FAULT_WORDS, type Device } from '#contracts';
import { attachmentUrl } from '../api/requests.js';
import { Bone } from '../app/Bone.js';
import { Page } from '../app/Page.js';
import { Trouble } from '../app/Trouble.js';
import { useLanguage, useWords } from '../i18n/Words.js';
import { day } from '../i18n/moments.js';
import { useNumbers } from './DeviceName.js';
import { deviceQuery } from './deviceRequests.js';
import { Terms } from './Terms.js';
import styles from './Devices.module.css';

const Guarantees = ({ device }: { device: Device }) => {
  const { t } = useWords();
  return (
    <section>
      <h2>{t('device.page.terms')}</h2>
      {device.terms.length === 0 ? <p className={styles.none}>{t('device.page.terms.none')}</p> : null}
      <Terms terms={device.terms} whole />
      {device.proofFile ? (
        <p className={styles.proof}>
          <a href={attachmentUrl(device.proofFile.id)} target="_blank" rel="noreferrer">
            {t('device.proof.open', { name: device.proofFile.fileName })}
          </a>
        </p>
      ) : null}
    </section>
  );
};

const Owners = ({ device }: { device: Device }) => {
  const { t, intl } = useWords();
  return (
    <section>
      <h2>{t('device.page.owners')}</h2>
      <ul>
        {device.owners.map(({ customer, from, until, reason }) => (
          <li key={from}>
            {customer ? (
              <Link to="/customers/$id" params={{ id: customer.id }}>
                {customer.displayName}
              </Link>
            ) : (
              t('device.page.owner.unseen')
            )}
            <small>
              {until
                ? t('device.page.owner.period', { from: day(intl, from), until: day(intl, until) })
                : t('device.page.owner.since', { from: day(intl, from) })}
              {reason ? ` · ${t(`device.owner.reason.${reason}`)}` : null}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Before = ({ device }: { device: Device }) => {
  const { t, intl } = useWords();
  const { language } = useLanguage();
  const { cases } = device.history;
  return (
    <section>
      <h2>{t('device.page.history')}</h2>
      {cases.length === 0 ? <p className={styles.none}>{t('device.page.history.none')}</p> : null}
      <ul>
        {cases.map(({ reference, status, openedAt, problem, faults, outcome }) => (
          <li key={`${reference ?? ''}${openedAt}`}>
            {reference ? (
              <Link to="/cases/$reference" params={{ reference }}>
                {problem ?? reference}
              </Link>
            ) : (
              t('device.page.case.unseen')
            )}
            <small>
              {[
                day(intl, openedAt),
                t(`status.${status}`),
                ...faults.map((fault) => FAULT_WORDS[fault][language]),
                ...(outcome ? [t(`warranty.said.${outcome}`)] : []),
              ].join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Repairs = ({ device }: { device: Device }) => {
  const { t, intl } = useWords();
  const { repairs, loans } = device.history;
  return (
    <>
      {repairs.length > 0 ? (
        <section>
          <h2>{t('device.page.repairs')}</h2>
          <ul>
            {repairs.map(({ id, openedAt, returnedAt }) => (
              <li key={id}>
                {day(intl, openedAt)}
                <small>
                  {returnedAt
                    ? t('device.page.repair.back', { at: day(intl, returnedAt) })
                    : t('device.page.repair.here')}
                </small>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {loans.length > 0 ? (
        <section>
          <h2>{t('device.page.loans')}</h2>
          <ul>
            {loans.map(({ id, state, loaner, from, until }) => (
              <li key={id}>
                {loaner}
                <small>
                  {from
                    ? t(until ? 'device.page.owner.period' : 'device.page.owner.since', {
                        ...{ from: day(intl, from), until: until ? day(intl, until) : '' },
                      })
                    : t(state === 'reserved' ? 'loan.kept_still' : 'loan.kept_in_vain')}
                  {state === 'lost' ? ` · ${t('loan.state.lost')}` : null}
                </small>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
};

/** Phones that took one another's place, from the first to the one that is there now. */
const Chain = ({ device }: { device: Device }) => {
  const { t, intl } = useWords();
  if (device.chain.length === 0) return null;
  return (
    <section>
      <h2>{t('device.page.chain')}</h2>
      <ol className={styles.chain}>
        {device.chain.map(({ id, name, imei, replacedAt, reason }) => (
          <li key={id} aria-current={id === device.id || undefined}>
            {id === device.id ? (
              <b>{name || t('device.nameless')}</b>
            ) : (
              <Link to="/devices/$id" params={{ id }}>
                {name || t('device.nameless')}
              </Link>
            )}
            <small>
              {[
                ...(imei ? [`IMEI ${imei}`] : []),
                ...(replacedAt && reason
                  ? [
                      t('device.page.chain.left', {
                        at: day(intl, replacedAt),
                        why: t(`device.replace.reason.${reason}`),
                      }),
                    ]
                  : []),
              ].join(' · ')}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
};

/** A phone by itself: who answers for it, whose it was, and what was before. */
export const DevicePage = () => {
  const { t } = useWords();
  const { id } = useParams({ from: '/inside/devices/$id' });
  const { data: device, isError, error, refetch } = useQuery(deviceQuery(id));
  const numbersOf = useNumbers();
  const numbers = device ? numbersOf(device) : [];
  return (
    <Page title={device?.name || t('device.panel')} lead={numbers.join(' · ')}>
      {isError ? <Trouble what={t('device.page.failed')} error={error} onRetry={() => void refetch()} /> : null}
      {!device && !isError ? <Bone width="40%" /> : null}
      {device ? (
        <>
          <div className={styles.columns}>
            <Chain device={device} />
            <Guarantees device={device} />
            <Owners device={device} />
            <Before device={device} />
            <Repairs device={device} />
          </div>
        </>
      ) : null}
    </Page>
  );
};

import { Table, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Standing } from '../accounts/Standing.tsx';
import type { Api } from '../api/types.d.ts';
import { useGuardTexts } from '../texts/guard.ts';
import { useNumbers } from '../texts/language.tsx';
import { useProfessionName } from '../texts/professions.ts';

type Line = NonNullable<Api['GET /v1/replay']['answer']['replay']>['lines'][number];

const wide = 200;
const high = 14;
/** The last threshold stands here, so that what is beyond it shows too. */
const suspendAt = 0.9;

/** A line an account: people told, the evidence against the thresholds, what the guard did. */
export function ReplayPicture({ lines }: { readonly lines: readonly Line[] }) {
  const { replay: texts } = useGuardTexts();
  const { heads } = texts;
  return (
    <>
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={440}>
        <Table aria-label={texts.picture} className="figures">
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{heads.account}</Table.Th>
              <Table.Th scope="col" visibleFrom="sm">
                {heads.profession}
              </Table.Th>
              <Table.Th scope="col">{heads.people}</Table.Th>
              <Table.Th scope="col">{heads.evidence}</Table.Th>
              <Table.Th scope="col">{heads.step}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Row key={line.account} line={line} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" className="quiet" my="xs">
        {texts.strokes}
      </Text>
    </>
  );
}

function Row({ line }: { readonly line: Line }) {
  const { replay: texts } = useGuardTexts();
  const number = useNumbers();
  const professionName = useProfessionName();
  const { account, profession, people, bits, standing, contained, caseFile } = line;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <Link to={`/accounts/${account}`}>{account}</Link>
      </Table.Th>
      <Table.Td visibleFrom="sm">{professionName(profession)}</Table.Td>
      <Table.Td>{number(people)}</Table.Td>
      <Table.Td>
        <span className="bits">{texts.bits(number(Math.max(0, bits), 1))}</span>
        <Bar line={line} />
      </Table.Td>
      <Table.Td>
        <Standing is={standing} />{' '}
        {contained !== null && texts.after(number(contained.people), number(contained.seconds, 1))}{' '}
        {caseFile !== null && <Link to={`/guard/cases/${caseFile}`}>{texts.toCase(caseFile)}</Link>}
      </Table.Td>
    </Table.Tr>
  );
}

/** The number stands before it: whoever does not see it misses nothing. */
function Bar({ line: { bits, thresholds, standing } }: { readonly line: Line }) {
  const x = (of: number) => Math.min(wide, (wide * suspendAt * Math.max(0, of)) / thresholds.suspend);
  const { challenge, restrict, suspend } = thresholds;
  return (
    <svg viewBox={`0 0 ${wide} ${high}`} aria-hidden="true" className="bar" preserveAspectRatio="none">
      <rect className="track" width={wide} height={high} />
      <rect className={standing === 'open' ? 'fill' : 'fill over'} width={x(bits)} height={high} />
      {[challenge, restrict, suspend].map((each) => (
        <line key={each} x1={x(each)} x2={x(each)} y1={0} y2={high} />
      ))}
    </svg>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { caseQuery } from "../api/decision-queries.ts";
import { hasStatus } from "../api/problem.ts";
import { useText } from "../intl/messages.ts";
import { NotFoundPage } from "../ui/NotFoundPage.tsx";
import { paths } from "../paths.ts";
import { Breadcrumb, PageHeader } from "../ui/Page.tsx";
import { ProblemNotice } from "../ui/ProblemNotice.tsx";
import { SkeletonBlock } from "../ui/Skeleton.tsx";
import { CaseCard } from "./CaseCard.tsx";
import { caseName } from "./case-record.ts";

/** One case by its address, as tasks and mails point to it. */
export function CasePage() {
  const text = useText();
  const { caseId } = useParams({ from: "/account/cases/$caseId" });
  const { data: item, error } = useQuery(caseQuery(caseId));
  if (hasStatus(error, 404)) return <NotFoundPage />;
  if (item === undefined)
    return error ? <ProblemNotice error={error} /> : <SkeletonBlock label={text("state.loading")} />;
  const name = caseName(item);
  return (
    <>
      <PageHeader
        title={name}
        breadcrumb={
          <Breadcrumb>
            {[
              <Link key="cases" to={paths.cases} className="link">
                {text("cases.title")}
              </Link>,
              name,
            ]}
          </Breadcrumb>
        }
        description={text("cases.intro")}
      />
      <CaseCard item={item} />
    </>
  );
}

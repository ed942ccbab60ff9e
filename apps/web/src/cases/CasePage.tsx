import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { caseQuery } from "../api/decision-queries.ts";
import { useText } from "../intl/messages.ts";
import { paths } from "../paths.ts";
import { Loaded } from "../ui/Loaded.tsx";
import { Breadcrumb, PageHeader } from "../ui/Page.tsx";
import { CaseCard } from "./CaseCard.tsx";
import { caseName } from "./case-record.ts";

/** One case; tasks and mails link to this page. */
export function CasePage() {
  const text = useText();
  const { caseId } = useParams({ from: "/account/cases/$caseId" });
  const query = useQuery(caseQuery(caseId));
  return (
    <Loaded query={query}>
      {(item) => (
        <>
          <PageHeader
            title={caseName(item)}
            breadcrumb={
              <Breadcrumb>
                {[
                  <Link key="cases" to={paths.cases} className="link">
                    {text("cases.title")}
                  </Link>,
                  caseName(item),
                ]}
              </Breadcrumb>
            }
            description={text("cases.intro")}
          />
          <CaseCard item={item} />
        </>
      )}
    </Loaded>
  );
}

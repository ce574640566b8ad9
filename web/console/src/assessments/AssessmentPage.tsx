import { useParams } from 'react-router'
import { saveAnswers, seeAssessment } from '@songbai/capabilities/know/assessments/contract'
import { Show, useSee } from '../query.tsx'
import { may, useSession } from '../session.ts'
import { FormPage } from './FormPage.tsx'
import { ResultPage } from './ResultPage.tsx'
import { useScale } from './scale.ts'
import './assessments.css'

/** An open assessment is a form, a finished one its result. */
export default function AssessmentPage() {
  const { id = '' } = useParams()
  const { me } = useSession()
  const seen = useSee(seeAssessment, { id })
  const scale = useScale(seen.value?.assessment.scaleId ?? null)
  return (
    <div className="page">
      <Show page seen={seen} rows={8}>
        {(value) => (
          <Show seen={scale} rows={8}>
            {(definition) => {
              const open = value.assessment.state === 'draft' || value.assessment.state === 'waitingSignatures'
              return open && may(me, saveAnswers) ? <FormPage key={id} seen={value} scale={definition} again={seen.again} /> : <ResultPage seen={value} scale={definition} />
            }}
          </Show>
        )}
      </Show>
    </div>
  )
}

/** Masks in and out, as files that other programs read. */
import FileDown from 'lucide-solid/icons/file-down'
import FileUp from 'lucide-solid/icons/file-up'
import Files from 'lucide-solid/icons/files'
import type { JSX } from 'solid-js'
import { IconButton } from '../../../parts/Button.tsx'
import { Menu } from '../../../parts/Menu.tsx'
import { useDesk } from '../state/desk.ts'

export function FilesMenu(): JSX.Element {
  const { painting, rights } = useDesk()
  const { files, segments, operations } = painting
  let input: HTMLInputElement | undefined
  const isBusy = () => operations.running() !== null
  const isEmpty = () => segments().length === 0
  return (
    <>
      <Menu
        placement="bottom-end"
        trigger={(trigger: object) => (
          <IconButton {...trigger} icon={Files} label="Masks as files" size="small" side="left" />
        )}
        items={[
          {
            title: 'Bring in a mask…',
            detail: 'NIfTI, NRRD or MetaImage on the grid of this series',
            icon: FileUp,
            disabled: isBusy() || rights.denied('annotations') !== null,
            onSelect: () => input?.click(),
          },
          {
            title: 'Save as NIfTI',
            detail: 'One file of labels, with the table of their names',
            icon: FileDown,
            apart: true,
            disabled: isBusy() || isEmpty(),
            onSelect: () => files.save(false),
          },
          {
            title: 'Save a NIfTI file for each',
            detail: 'Also where segments overlap',
            icon: FileDown,
            disabled: isBusy() || isEmpty(),
            onSelect: () => files.save(true),
          },
        ]}
      />
      <input
        ref={(element) => {
          input = element
        }}
        type="file"
        aria-label="File with a mask"
        accept=".nii,.nii.gz,.gz,.nrrd,.mha,.png,.tif,.tiff"
        class="hidden"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? []
          // The same file may be chosen again.
          event.currentTarget.value = ''
          if (file) files.bring(file)
        }}
      />
    </>
  )
}

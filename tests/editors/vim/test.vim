" Run by `run` in the real Vim. A test waits for what it expects, never for time to pass; what did not come in a generous
" time is said in full.
let s:limit = 30
let s:failed = []

function! s:Wait(expected, Condition, State) abort
  let l:start = reltime()
  while !a:Condition()
    if reltimefloat(reltime(l:start)) > s:limit
      throw printf('waited %d s for %s; there is: %s', s:limit, a:expected, string(a:State()))
    endif
    " Lets Vim see to its jobs and timers.
    sleep 20m
  endwhile
endfunction

" The findings of a rule, as `LINE: WORDS` in the order of the text. ALE's last column is inside the words.
function! s:Marked(rule) abort
  let l:found = filter(copy(ale#engine#GetLoclist(bufnr(''))), {_, item -> get(item, 'code', '') is# a:rule})
  return map(l:found, {_, item -> item.lnum . ': ' . strpart(getline(item.lnum), item.col - 1, item.end_col - item.col + 1)})
endfunction

function! s:WaitMarked(rule, expected) abort
  call s:Wait(a:rule . ' at ' . string(a:expected), {-> s:Marked(a:rule) ==# a:expected},
  \ {-> map(copy(ale#engine#GetLoclist(bufnr(''))), {_, item -> printf('%d:%d %s', item.lnum, item.col, item.text)})})
endfunction

function! s:Equal(got, expected, what) abort
  if a:got !=# a:expected
    throw printf("%s\nexpected: %s\ngot:      %s", a:what, string(a:expected), string(a:got))
  endif
endfunction

" Chooses from ALE's menu, which is a question to type a number at, and waits for the line that must come of it.
function! s:Choose(title, number, expected) abort
  let s:menu = ''
  let s:title = a:title
  ALECodeAction
  call s:Wait('the menu of fixes', {-> !empty(s:menu)}, {-> execute('messages')})
  call s:Wait('line ' . a:number, {-> getline(a:number) ==# a:expected}, {-> [getline(a:number), s:menu]})
  return s:menu
endfunction

" Stands in for the prompt: answers with the number of the title that a user would read. ALE's own file must be there
" first, or it would take this back.
call ale#util#GetLineCount(bufnr(''))
function! ale#util#Input(message, value, ...) abort
  let s:menu = a:message
  return matchstr(a:message, '\n\zs\d\+\ze) \V' . escape(s:title, '\'))
endfunction

function! s:Test() abort
  edit story.txt
  call s:WaitMarked('words/verb-preposition', ['3: insists of', '5: insists of'])
  call s:WaitMarked('time/weekday-mismatch', ['7: Monday, Feb. 20, 2018'])
  call s:WaitMarked('words/article', ['5: a hour', '7: a hour'])

  " A fix, made and undone and made again.
  let l:story = getline(3)
  let l:mended = 'Naïve 😀 crowds came. The council insists on meeting, Mayor Dale Finch said.'
  call cursor(3, stridx(getline(3), 'insists of') + 1)
  call s:Choose('Replace with “insists on”', 3, l:mended)
  " ALE looks again when a user changes the text; what a script does is not noticed.
  ALELint
  call s:WaitMarked('words/verb-preposition', ['5: insists of'])
  undo
  call s:Equal(getline(3), l:story, 'undone')
  ALELint
  call s:WaitMarked('words/verb-preposition', ['3: insists of', '5: insists of'])
  call cursor(3, stridx(getline(3), 'insists of') + 1)
  call s:Choose('Replace with “insists on”', 3, l:mended)

  " Inside a quote there is a choice.
  ALELint
  call s:WaitMarked('words/verb-preposition', ['5: insists of'])
  call cursor(5, stridx(getline(5), 'insists of') + 1)
  let l:menu = s:Choose('Keep “insists of” and mark it [sic]', 5,
  \ '“Café 😀 owners insists of [sic] meeting for a hour,” Mayor Dale Finch said.')
  for l:choice in ['Ask the reporter', 'Correct the transcription to “insists on”', 'Paraphrase']
    call s:Equal(stridx(l:menu, l:choice) >= 0, v:true, l:choice . ' in ' . l:menu)
  endfor

  ALELint
  call s:WaitMarked('words/article', ['5: a hour', '7: a hour'])
  call cursor(7, stridx(getline(7), 'a hour') + 1)
  call s:Choose('Replace with “an”', 7, 'The meeting is Monday, Feb. 20, 2018. It lasts an hour.')
  silent write
  call s:Equal(readfile('story.txt'), readfile('fixed.txt'), 'the file')

  " Markdown and HTML are read as such: words in code or in a tag are no finding.
  edit story.md
  call s:WaitMarked('words/verb-preposition', ['3: insists of'])
  edit story.html
  call s:WaitMarked('words/verb-preposition', ['1: insists of'])
endfunction

try
  call s:Test()
catch
  call writefile([v:exception, v:throwpoint], $WORK . '/failure')
  cquit
endtry
qall!

-- Asks for the addresses in the file that PATHS names, the n-th a n-th as often as the first.
local paths, sums, total = {}, {}, 0

for path in io.lines(os.getenv("PATHS")) do
  total = total + 1 / (#paths + 1)
  paths[#paths + 1] = path
  sums[#sums + 1] = total
end

function request()
  local wanted, low, high = math.random() * total, 1, #sums
  while low < high do
    local middle = math.floor((low + high) / 2)
    if sums[middle] < wanted then low = middle + 1 else high = middle end
  end
  return wrk.format("GET", paths[low])
end

-- What wrk sends, and the line of figures that the race reads. The argument is how many requests
-- are sent before the answers are waited for.
function init(args)
   local depth = tonumber(args[1])
   if depth > 1 then
      local batch = string.rep(wrk.format("GET"), depth)
      request = function() return batch end
   end
end

function done(summary, latency)
   local e = summary.errors
   print(string.format(
      "figures %d %d %d %d %d %d %d %d %.1f %.1f %.1f",
      summary.requests, summary.duration, summary.bytes,
      e.connect, e.read, e.write, e.status, e.timeout,
      latency:percentile(50), latency:percentile(99), latency:percentile(99.9)))
end

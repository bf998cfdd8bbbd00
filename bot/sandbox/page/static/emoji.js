/** The few emoji that are known by name; other names stay as they are written. */

export const EMOJI = {
  "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎", eyes: "👀", tada: "🎉", white_check_mark: "✅", heavy_check_mark: "✔️",
  x: "❌", warning: "⚠️", heart: "❤️", pray: "🙏", raised_hands: "🙌", clap: "👏", fire: "🔥", rocket: "🚀", thinking_face: "🤔",
  slightly_smiling_face: "🙂", smile: "😄", wave: "👋", bulb: "💡", memo: "📝", pushpin: "📌", calendar: "📅", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", bell: "🔔", lock: "🔒", link: "🔗", bar_chart: "📊", chart_with_upwards_trend: "📈",
  chart_with_downwards_trend: "📉", arrow_up: "⬆️", arrow_down: "⬇️", arrow_right: "➡️", large_green_circle: "🟢",
  large_yellow_circle: "🟡", large_orange_circle: "🟠", red_circle: "🔴", white_circle: "⚪", large_blue_circle: "🔵",
  question: "❓", exclamation: "❗", speech_balloon: "💬", mag: "🔍", star: "⭐", robot_face: "🤖", construction: "🚧",
};

/** What one can react with. */
export const REACTIONS = ["+1", "eyes", "white_check_mark", "tada", "heart", "thinking_face", "raised_hands", "pray"];

export const shownEmoji = (name) => EMOJI[name] ?? `:${name}:`;

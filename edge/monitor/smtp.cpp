// A mail to a relay, by libcurl.
#include <curl/curl.h>

#include <algorithm>
#include <cstring>
#include <ctime>
#include <fstream>
#include <memory>

#include "monitor/mail.hpp"

namespace scorelet::monitor {
namespace {

constexpr long kSeconds = 30;

void appendHex(std::string& out, char byte) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  const auto value = static_cast<unsigned char>(byte);
  out.append(1, '=').append(1, kDigits[value >> 4U]).append(1, kDigits[value & 15U]);
}

/// RFC 2047, in words of at most 75 characters that hold whole characters each.
std::string headerText(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7F'; }) && text.size() < 900)
    return std::string(text);
  constexpr std::size_t kMost = 60;
  std::string out, word;
  const auto close = [&] {
    if (!word.empty()) out += (out.empty() ? "=?utf-8?Q?" : "\r\n =?utf-8?Q?") + word + "?=";
    word.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool isStart = (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80;
    if (isStart && word.size() >= kMost - 12) close();
    const char c = text[i];
    const bool isPlain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (isPlain)
      word += c;
    else
      appendHex(word, c);
  }
  close();
  return out;
}

/// RFC 2045: quoted-printable.
std::string bodyText(std::string_view text) {
  constexpr std::size_t kMost = 73;
  std::string out;
  std::size_t length = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\n') {
      out += "\r\n";
      length = 0;
      continue;
    }
    if (length >= kMost - 3) {
      out += "=\r\n";
      length = 0;
    }
    const bool isLast = i + 1 == text.size() || text[i + 1] == '\n';
    const std::size_t before = out.size();
    if ((c > ' ' && c < '\x7F' && c != '=') || (c == ' ' && !isLast))
      out += c;
    else
      appendHex(out, c);
    length += out.size() - before;
  }
  return out;
}

std::string dateText(Time time) {
  const std::time_t seconds = time / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char out[64];
  std::strftime(out, sizeof out, "%a, %d %b %Y %H:%M:%S +0000", &parts);
  return out;
}

std::string message(const MailSettings& settings, const Mail& mail, std::string_view id, Time time) {
  std::string to;
  for (const std::string& address : settings.to) to += (to.empty() ? "<" : ",\r\n <") + address + '>';
  const std::string place = settings.from.substr(settings.from.rfind('@'));
  std::string out = "From: Scorelet <" + settings.from + ">\r\nTo: " + to + "\r\nSubject: " + headerText(mail.subject);
  out += "\r\nDate: " + dateText(time) + "\r\nMessage-ID: <" + std::string(id) + place + ">\r\n";
  out += "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
  return out + "Content-Transfer-Encoding: quoted-printable\r\n\r\n" + bodyText(mail.text);
}

std::size_t readMessage(char* to, std::size_t size, std::size_t count, void* from) {
  auto& left = *static_cast<std::string_view*>(from);
  const std::size_t n = std::min(size * count, left.size());
  std::memcpy(to, left.data(), n);
  left.remove_prefix(n);
  return n;
}

struct CurlEnd {
  void operator()(CURL* curl) const noexcept { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

}  // namespace

std::string sendMail(const MailSettings& settings, const Mail& mail, std::string_view id, Time time) {
  static const bool isReady = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  const std::unique_ptr<CURL, CurlEnd> curl(isReady ? curl_easy_init() : nullptr);
  if (curl == nullptr) return "libcurl is not to be had";
  std::string password;
  if (!settings.passwordFile.empty()) {
    std::ifstream file(settings.passwordFile);
    if (!std::getline(file, password)) return "'" + settings.passwordFile + "' cannot be read";
  }
  std::unique_ptr<curl_slist, CurlEnd> receivers;
  for (const std::string& address : settings.to) {
    curl_slist* longer = curl_slist_append(receivers.get(), address.c_str());
    if (longer == nullptr) return "memory is used up";
    if (receivers == nullptr) receivers.reset(longer);  // its head stays, however long it becomes
  }
  const std::string text = message(settings, mail, id, time);
  std::string_view left = text;
  char why[CURL_ERROR_SIZE] = "";
  bool isSet = true;
  const auto set = [&](CURLoption option, auto value) {
    isSet = curl_easy_setopt(curl.get(), option, value) == CURLE_OK && isSet;
  };
  set(CURLOPT_ERRORBUFFER, +why);
  set(CURLOPT_URL, settings.server.c_str());
  set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_TIMEOUT, kSeconds);
  set(CURLOPT_USE_SSL, static_cast<long>(settings.isEncrypted() ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (!settings.authorities.empty()) set(CURLOPT_CAINFO, settings.authorities.c_str());
  if (!settings.user.empty()) {
    set(CURLOPT_USERNAME, settings.user.c_str());
    set(CURLOPT_PASSWORD, password.c_str());
  }
  const std::string from = '<' + settings.from + '>';
  set(CURLOPT_MAIL_FROM, from.c_str());
  set(CURLOPT_MAIL_RCPT, receivers.get());
  set(CURLOPT_READFUNCTION, &readMessage);
  set(CURLOPT_READDATA, static_cast<void*>(&left));
  set(CURLOPT_UPLOAD, 1L);
  if (!isSet) return "this libcurl does not know SMTP";
  const CURLcode code = curl_easy_perform(curl.get());
  if (code == CURLE_OK) return {};
  return why[0] != '\0' ? why : curl_easy_strerror(code);
}

}  // namespace scorelet::monitor

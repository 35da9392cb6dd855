<?xml version="1.0" encoding="UTF-8"?>
<!-- Подпись, отметка об электронной подписи, визы под текстом, отметка об исполнителе
     (requisites 21, 22, 23, 25). -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:fo="http://www.w3.org/1999/XSL/Format" xmlns:px="urn:prikaz:fo"
                xmlns:p="urn:prikaz:1" xmlns:f="urn:prikaz:functions"
                xmlns:func="http://exslt.org/functions" xmlns:str="http://exslt.org/strings"
                extension-element-prefixes="func str" exclude-result-prefixes="p f">

  <!-- The post at the left, the name at the right margin on the level of the post's last line:
       two columns without borders. Never parted from the text before it. -->
  <xsl:template match="p:signature">
    <xsl:param name="before" select="string($set/p:signature/@before)"/>
    <fo:table xsl:use-attribute-sets="plain-table" space-before="{$before}"
              keep-together.within-page="always" keep-with-previous.within-page="always">
      <xsl:call-template name="at"/>
      <xsl:choose>
        <xsl:when test="f:has-frame(.)"><xsl:call-template name="framed-columns"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="signature-columns"/></xsl:otherwise>
      </xsl:choose>
    </fo:table>
  </xsl:template>

  <xsl:template name="signature-columns">
    <fo:table-column column-width="{$set/p:signature/@post-width}"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-body role="Div">
      <fo:table-row role="Div">
        <fo:table-cell role="Div">
          <fo:block role="P">
            <xsl:call-template name="acting"/>
            <xsl:apply-templates select="p:post"/>
          </fo:block>
        </fo:table-cell>
        <fo:table-cell role="Div" display-align="after" text-align="right">
          <fo:block role="P" wrap-option="no-wrap"><xsl:apply-templates select="p:name"/></fo:block>
        </fo:table-cell>
      </fo:table-row>
    </fo:table-body>
  </xsl:template>

  <xsl:template match="p:post | p:name">
    <xsl:apply-templates/>
  </xsl:template>

  <!-- «Исполняющий обязанности » before the post. -->
  <xsl:template name="acting">
    <xsl:if test="@acting">
      <xsl:value-of select="concat(f:text(concat('acting-', @acting)), ' ')"/>
    </xsl:if>
  </xsl:template>

  <!-- Initials as the office writes them: «И.И. Иванов», «И. И. Иванов», or as they stand. What
       does not begin with initials stays as it is. -->
  <xsl:variable name="initials" select="string($set/p:names/@initials)"/>

  <xsl:template match="p:name/text()">
    <xsl:choose>
      <xsl:when test="$initials = 'kept'"><xsl:value-of select="."/></xsl:when>
      <xsl:otherwise><xsl:value-of select="f:initials(string())"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <func:function name="f:initials">
    <xsl:param name="name"/>
    <xsl:variable name="words" select="str:tokenize($name, ' .&#160;&#10;')"/>
    <xsl:choose>
      <xsl:when test="count($words) &lt; 2 or $words[position() != last()][string-length() != 1]">
        <func:result select="string($name)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="joined">
          <xsl:for-each select="$words[position() != last()]">
            <xsl:if test="position() &gt; 1 and $initials = 'apart'">&#160;</xsl:if>
            <xsl:value-of select="concat(., '.')"/>
          </xsl:for-each>
          <xsl:value-of select="concat('&#160;', $words[last()])"/>
        </xsl:variable>
        <func:result select="string($joined)"/>
      </xsl:otherwise>
    </xsl:choose>
  </func:function>

  <!-- ===================================================== electronic signature -->

  <xsl:variable name="all-electronic" select="$set/p:electronic/@all = 'yes'"/>
  <xsl:variable name="framed" select="$source//p:signature[p:electronic or @field = 'yes'
    or ($all-electronic and (parent::p:order or parent::p:appendix or parent::p:peers))]"/>

  <func:function name="f:has-frame">
    <xsl:param name="signature"/>
    <func:result select="count($signature | $framed) = count($framed)"/>
  </func:function>

  <!-- Post, frame, name: the frame stands where the hand would sign. -->
  <xsl:template name="framed-columns">
    <fo:table-column column-width="{$set/p:electronic/@post-width}"/>
    <fo:table-column column-width="{$set/p:electronic/@width}"/>
    <fo:table-column column-width="proportional-column-width(1)"/>
    <fo:table-body role="Div">
      <fo:table-row role="Div">
        <fo:table-cell role="Div" display-align="after" padding-right="2mm">
          <fo:block role="P">
            <xsl:call-template name="acting"/>
            <xsl:apply-templates select="p:post"/>
          </fo:block>
        </fo:table-cell>
        <fo:table-cell role="Div"><xsl:call-template name="frame"/></fo:table-cell>
        <fo:table-cell role="Div" display-align="after" text-align="right">
          <fo:block role="P" wrap-option="no-wrap"><xsl:apply-templates select="p:name"/></fo:block>
        </fo:table-cell>
      </fo:table-row>
    </fo:table-body>
  </xsl:template>

  <!-- The frame, with the facts of the certificate or empty; what signs finds it in the report. -->
  <xsl:template name="frame">
    <xsl:variable name="border" select="string($set/p:electronic/@border)"/>
    <xsl:variable name="given" select="p:electronic/@certificate | p:electronic/@owner
                                       | p:electronic/@from | p:electronic/@to"/>
    <xsl:if test="count($given) &gt; 0 and count($given) &lt; 4
                  or (p:electronic/@time and count($given) = 0)">
      <xsl:for-each select="p:electronic">
        <xsl:call-template name="say">
          <xsl:with-param name="message" select="'half-certificate'"/>
        </xsl:call-template>
      </xsl:for-each>
    </xsl:if>
    <fo:block-container role="Div" width="{string($set/p:electronic/@width)} - 2 * {$border}"
                        height="{string($set/p:electronic/@height)} - 2 * {$border}"
                        start-indent="{$border}" border="{$border} solid black"
                        display-align="center" keep-together.within-page="always">
      <xsl:variable name="name" select="concat('signature-',
                                        count(preceding::p:signature[f:has-frame(.)]) + 1)"/>
      <xsl:attribute name="px:report"><xsl:value-of select="$name"/></xsl:attribute>
      <xsl:if test="@field = 'yes'">
        <xsl:attribute name="px:signature-field"><xsl:value-of select="$name"/></xsl:attribute>
      </xsl:if>
      <fo:block role="Div" start-indent="0pt" font-size="{$set/p:electronic/@size}"
                line-height="1.2">
        <xsl:if test="count($given) = 4">
          <xsl:for-each select="p:electronic"><xsl:call-template name="certificate"/></xsl:for-each>
        </xsl:if>
        <xsl:call-template name="trusted-time">
          <xsl:with-param name="name" select="concat('time-', substring-after($name, '-'))"/>
        </xsl:call-template>
      </fo:block>
    </fo:block-container>
  </xsl:template>

  <!-- The trusted time of the signature, as it was given; where the office wants it and it is not
       known yet, room for it that what signs finds in the report. -->
  <xsl:template name="trusted-time">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="p:electronic/@time">
        <fo:block role="P" start-indent="1.5mm" end-indent="1.5mm">
          <xsl:value-of select="concat(f:text('trusted-time'), ' ', p:electronic/@time)"/>
        </fo:block>
      </xsl:when>
      <xsl:when test="$set/p:electronic/@time = 'yes'">
        <fo:block-container role="Div" height="{$set/p:electronic/@time-height}" start-indent="1.5mm"
                            end-indent="1.5mm" px:report="{$name}">
          <fo:block/>
        </fo:block-container>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="certificate">
    <xsl:variable name="arms" select="$set/p:electronic/@coat = 'yes' and $arms-file != ''"/>
    <fo:table xsl:use-attribute-sets="plain-table" font-weight="bold">
      <xsl:if test="$arms">
        <fo:table-column column-width="{$set/p:electronic/@coat-width}"/>
      </xsl:if>
      <fo:table-column column-width="proportional-column-width(1)"/>
      <fo:table-body role="Div">
        <fo:table-row role="Div">
          <xsl:if test="$arms">
            <fo:table-cell role="Div" display-align="center" padding-left="1.5mm">
              <fo:block line-height="0pt" font-size="0.01pt">
                <fo:external-graphic role="Artifact" src="url('{$arms-file}')" content-height="auto"
                                     content-width="{f:mm($set/p:electronic/@coat-width) - 2}mm"/>
              </fo:block>
            </fo:table-cell>
          </xsl:if>
          <fo:table-cell role="Div" display-align="center" text-align="center">
            <fo:block role="P">
              <xsl:value-of select="f:text('signed-1')"/>
              <fo:block/>
              <xsl:value-of select="f:text('signed-2')"/>
            </fo:block>
          </fo:table-cell>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
    <fo:block role="Div" start-indent="1.5mm" end-indent="1.5mm" space-before="2pt">
      <fo:block role="P">
        <xsl:value-of select="concat(f:text('certificate'), ' ', @certificate)"/>
      </fo:block>
      <fo:block role="P"><xsl:value-of select="concat(f:text('owner'), ' ', @owner)"/></fo:block>
      <fo:block role="P">
        <xsl:value-of select="concat(f:text('valid-from'), ' ', @from, ' ', f:text('valid-to'), ' ', @to)"/>
      </fo:block>
    </fo:block>
  </xsl:template>

  <!-- ===================================================== side by side -->

  <!-- Equal ranks: posts in one row, names on one level below them. -->
  <xsl:template match="p:peers">
    <xsl:param name="before" select="string($set/p:signature/@before)"/>
    <fo:table xsl:use-attribute-sets="plain-table" space-before="{$before}"
              keep-together.within-page="always" keep-with-previous.within-page="always">
      <xsl:call-template name="at"/>
      <xsl:for-each select="p:signature">
        <xsl:if test="position() &gt; 1"><fo:table-column column-width="10mm"/></xsl:if>
        <fo:table-column column-width="proportional-column-width(1)"/>
      </xsl:for-each>
      <fo:table-body role="Div">
        <fo:table-row role="Div">
          <xsl:for-each select="p:signature">
            <xsl:if test="position() &gt; 1"><xsl:call-template name="gap"/></xsl:if>
            <fo:table-cell role="Div">
              <fo:block role="P">
                <xsl:call-template name="at"/>
                <xsl:call-template name="acting"/>
                <xsl:apply-templates select="p:post"/>
              </fo:block>
            </fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
        <fo:table-row role="Div">
          <xsl:for-each select="p:signature">
            <xsl:if test="position() &gt; 1"><xsl:call-template name="gap"/></xsl:if>
            <fo:table-cell role="Div" display-align="after">
              <xsl:if test="f:has-frame(.)"><xsl:call-template name="frame"/></xsl:if>
              <fo:block role="P" text-align="right" wrap-option="no-wrap">
                <xsl:attribute name="space-before">
                  <xsl:choose>
                    <xsl:when test="f:has-frame(.)">4pt</xsl:when>
                    <xsl:otherwise><xsl:value-of select="$set/p:signature/@between"/></xsl:otherwise>
                  </xsl:choose>
                </xsl:attribute>
                <xsl:attribute name="space-before.conditionality">retain</xsl:attribute>
                <xsl:apply-templates select="p:name"/>
              </fo:block>
            </fo:table-cell>
          </xsl:for-each>
        </fo:table-row>
      </fo:table-body>
    </fo:table>
  </xsl:template>

  <xsl:template name="gap">
    <fo:table-cell role="Div"><fo:block/></fo:table-cell>
  </xsl:template>

  <!-- The signatures of an order or an appendix, one below another. -->
  <xsl:template name="signatures">
    <xsl:for-each select="p:signature | p:peers">
      <xsl:choose>
        <xsl:when test="position() = 1">
          <xsl:apply-templates select="."/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select=".">
            <xsl:with-param name="before" select="string($set/p:signature/@between)"/>
          </xsl:apply-templates>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <!-- «Проект согласован:» and who agreed; the title stays with the first of them. -->
  <xsl:template match="p:approval">
    <fo:block role="P" xsl:use-attribute-sets="requisite"
              space-before="{$set/p:signature/@approval-before}"
              keep-with-next.within-page="always">
      <xsl:call-template name="at"/>
      <xsl:choose>
        <xsl:when test="p:title"><xsl:apply-templates select="p:title/node()"/></xsl:when>
        <xsl:when test="@kind">
          <xsl:value-of select="$texts/p:approval[@kind = current()/@kind]/@title"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:value-of select="$texts/p:approval[@kind = 'согласован']/@title"/>
        </xsl:otherwise>
      </xsl:choose>
    </fo:block>
    <xsl:for-each select="p:signature">
      <xsl:apply-templates select="." mode="approval"/>
    </xsl:for-each>
  </xsl:template>

  <!-- An approver: like a signature, but free to go to the next page. -->
  <xsl:template match="p:signature" mode="approval">
    <fo:table xsl:use-attribute-sets="plain-table" keep-together.within-page="always">
      <xsl:call-template name="at"/>
      <xsl:if test="preceding-sibling::p:signature">
        <xsl:attribute name="space-before">
          <xsl:value-of select="$set/p:signature/@approval-between"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:choose>
        <xsl:when test="f:has-frame(.)"><xsl:call-template name="framed-columns"/></xsl:when>
        <xsl:otherwise><xsl:call-template name="signature-columns"/></xsl:otherwise>
      </xsl:choose>
    </fo:table>
  </xsl:template>

  <xsl:variable name="executor-place"
                select="f:either($order/p:executor/@place, string($set/p:executor/@place))"/>

  <!-- Under the text, at the bottom of the last sheet, or on its back (see sheets.xsl). -->
  <xsl:template match="p:executor">
    <xsl:choose>
      <xsl:when test="$executor-place = 'bottom'"><xsl:call-template name="executor-bottom"/></xsl:when>
      <xsl:when test="$executor-place = 'text'">
        <fo:block role="P" xsl:use-attribute-sets="requisite" space-before="24pt"
                  font-size="{$set/p:font/@executor-size}">
          <xsl:call-template name="executor-lines"/>
        </fo:block>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- A footnote without a sign. -->
  <xsl:template name="executor-bottom">
    <fo:block font-size="0.01pt" line-height="0pt" keep-with-previous.within-page="always">
      <fo:footnote>
        <fo:inline>&#160;</fo:inline>
        <fo:footnote-body>
          <fo:block role="P" xsl:use-attribute-sets="requisite"
                    line-height="{$set/p:font/@line-height}"
                    font-size="{$set/p:font/@executor-size}">
            <xsl:call-template name="executor-lines"/>
          </fo:block>
        </fo:footnote-body>
      </fo:footnote>
    </fo:block>
  </xsl:template>

  <xsl:template name="executor-lines">
    <xsl:call-template name="at"/>
    <xsl:if test="@post"><xsl:value-of select="concat(@post, ' ')"/></xsl:if>
    <xsl:apply-templates/>
    <xsl:if test="@phone">
      <fo:block/>
      <xsl:value-of select="concat(f:text('phone'), ' ', @phone)"/>
    </xsl:if>
    <xsl:if test="@email">
      <fo:block/>
      <xsl:value-of select="@email"/>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>

// Made from web/ by make web; sources 8774df70386137c9648959cc692dbaf1df4253bc0300ca9fcc60fc6cca0f22e3
var o="sco:draw-below",n=".sco-grid";function s(t){let e=t.parentElement.querySelector(n);if(!e)throw new Error("the component of the app has no place for the table");e.given=t,e.dispatchEvent(new Event(o,{bubbles:!0}))}export{s as default};
